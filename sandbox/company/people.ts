import type { RawRecord } from '../data.ts';
import { companyId, ids } from './ids.ts';

interface Person {
  readonly key: string;
  readonly names: string;
  readonly lastName: string;
  readonly jobTitle: string;
  readonly secondLastName?: string;
  readonly left?: true;
}

const people: readonly Person[] = [
  {
    key: 'camila_rojas',
    names: 'Camila',
    lastName: 'Rojas',
    secondLastName: 'Muñoz',
    jobTitle: 'Operations Coordinator',
  },
  { key: 'ignacio_fuentes', names: 'Ignacio', lastName: 'Fuentes', jobTitle: 'Administrator' },
  { key: 'valentina_soto', names: 'Valentina', lastName: 'Soto', jobTitle: 'Jefa de Terreno' },
  { key: 'james_whitfield', names: 'James', lastName: 'Whitfield', jobTitle: 'Grid Engineer' },
  { key: 'matias_contreras', names: 'Matías', lastName: 'Contreras', jobTitle: 'Electricista' },
  { key: 'sarah_lindqvist', names: 'Sarah', lastName: 'Lindqvist', jobTitle: 'Head of Sales' },
  {
    key: 'hernan_pizarro',
    names: 'Hernán',
    lastName: 'Pizarro',
    secondLastName: 'Leiva',
    jobTitle: 'Capataz',
    left: true,
  },
  { key: 'francisca_araya', names: 'Francisca', lastName: 'Araya', jobTitle: 'Prevencionista' },
  { key: 'daniel_okafor', names: 'Daniel', lastName: 'Okafor', jobTitle: 'Dispatcher' },
  { key: 'josefa_munoz', names: 'Josefa', lastName: 'Muñoz', jobTitle: 'Ejecutiva de Cuentas' },
  {
    key: 'olivia_bennett',
    names: 'Olivia',
    lastName: 'Bennett',
    jobTitle: 'Sales Lead',
    left: true,
  },
  {
    key: 'sebastian_vergara',
    names: 'Sebastián',
    lastName: 'Vergara',
    secondLastName: 'Paredes',
    jobTitle: 'Jefe de Bodega',
  },
  { key: 'grace_thornton', names: 'Grace', lastName: 'Thornton', jobTitle: 'Legal Counsel' },
  { key: 'benjamin_castro', names: 'Benjamín', lastName: 'Castro', jobTitle: 'Topógrafo' },
  { key: 'antonia_reyes', names: 'Antonia', lastName: 'Reyes', jobTitle: 'Ingeniera de Proyectos' },
  { key: 'tomas_ibarra', names: 'Tomás', lastName: 'Ibarra', jobTitle: 'Técnico de Medidores' },
  { key: 'contratista_norte', names: '', lastName: '', jobTitle: 'Contratista' },
  { key: 'catalina_nunez', names: 'Catalina', lastName: 'Núñez', jobTitle: 'Atención a Clientes' },
  { key: 'diego_salazar', names: 'Diego', lastName: 'Salazar', jobTitle: 'Conductor' },
  { key: 'paula_espinoza', names: 'Paula', lastName: 'Espinoza', jobTitle: 'Recruiter' },
];

/** The ids of those who still work here, for the tables that need somebody. */
export const activeUserIds = people.filter(({ left }) => !left).map(({ key }) => ids.user(key));

/** The n-th of them, round and round. */
export const somebody = (n: number): string => activeUserIds[n % activeUserIds.length] ?? '';

/** What a message of theirs begins with; undefined for who has no such name. */
export const displayNameOf = (id: string): string | undefined => {
  const person = people.find(({ key }) => ids.user(key) === id);
  return person && (nameOf(person)['displayName'] as string | undefined);
};

function nameOf({ key, names, lastName, secondLastName }: Person): RawRecord {
  if (names === '') return {};
  const displayName = key === 'matias_contreras' ? {} : { displayName: `${names} ${lastName}` };
  return { ...displayName, names, lastName, ...(secondLastName && { secondLastName }) };
}

/** What the upstream sends along and no front end should get; the values are easy to search a response for. */
function privateThings(key: string, index: number): RawRecord {
  return {
    phone: `+56 9 5550 ${1000 + index}`,
    permissionsV2: [`private-permission-${key}`],
    accessRoles: [`private-role-${key}`],
    companies: [{ companyId, hierarchy: `private-hierarchy-${key}` }],
    settings: { general: { secret: `private-setting-${key}` } },
  };
}

/** One in four has none, which shows in two ways. */
function avatarOf(key: string, index: number): RawRecord {
  if (index % 8 === 3) return {};
  if (index % 8 === 7) return { avatar: noPicture() };
  const avatar = `https://files.andina.example/avatars/${key}`;
  return {
    avatar: {
      small: `${avatar}/small.jpg`,
      square: `${avatar}/square.jpg`,
      original: `${avatar}/original.jpg`,
    },
  };
}

/** How the upstream sends that there is no picture, where it sends anything (sheet, section 1). */
export const noPicture = (): RawRecord => ({ small: '', square: '', original: '' });

export function createUsers(): RawRecord[] {
  return people.map((person, index) => {
    return {
      _id: ids.user(person.key),
      name: nameOf(person),
      email: `${person.key.replace('_', '.')}@andina.example`,
      jobTitle: person.jobTitle,
      ...avatarOf(person.key, index),
      // Most payloads leave out what is true anyway.
      ...((person.left || index % 3 === 0) && { isActive: !person.left }),
      ...(index % 5 !== 4 && { isOnline: index % 2 === 0 }),
      ...privateThings(person.key, index),
      company: companyId,
    };
  });
}
