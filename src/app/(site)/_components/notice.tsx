import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

type Props = { tone: 'good' | 'info' | 'warn' | 'bad'; icon: IconName; title?: ReactNode; children?: ReactNode }

export const Notice = ({ tone, icon, title, children }: Props) => (
  <div className={`notice notice--${tone}`}>
    <Icon name={icon} />
    <div className="notice__body">
      {title ? <p className="notice__title">{title}</p> : null}
      {children}
    </div>
  </div>
)
