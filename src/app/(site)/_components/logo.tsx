/** Two speech bubbles that meet: a conversation. */
export const Logo = () => (
  <svg className="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
    <path className="logo__back" d="M18 5h5a6 6 0 0 1 6 6v5a6 6 0 0 1-6 6v4l-5-4h-2a6 6 0 0 1-6-6v-3" />
    <path
      className="logo__front"
      d="M9 7h6a6 6 0 0 1 6 6v1a6 6 0 0 1-6 6h-3l-5 4v-4.4A6 6 0 0 1 3 14v-1a6 6 0 0 1 6-6Z"
    />
  </svg>
)
