export { StatusCode as status } from '@reprise/proto';
