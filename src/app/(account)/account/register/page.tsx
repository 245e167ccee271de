import { RegisterForm } from '../../_components/register-form'
import { accountMetadata } from '../../_lib/account-metadata'

export const generateMetadata = accountMetadata(({ register }) => register.title)

const RegisterPage = () => <RegisterForm />

export default RegisterPage
