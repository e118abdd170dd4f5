/** Where the company works: names for channels and tasks. 25 of them. */
export const places = [
  'Quilicura',
  'Rancagua',
  'Ñuñoa',
  'Antofagasta',
  'Puerto Montt',
  'La Serena',
  'Chillán',
  'Maipú',
  'Valdivia',
  'Iquique',
  'Los Ángeles',
  'San Bernardo',
  'Copiapó',
  'Temuco',
  'Viña del Mar',
  'Calama',
  'Concepción',
  'Osorno',
  'Curicó',
  'Arica',
  'Lampa',
  'Talca',
  'Quillota',
  'Castro',
  'Coyhaique',
] as const;

export const place = (index: number): string => places[index % places.length] ?? '';

/** A code as the upstream allows it: `[a-z0-9_]`, at most 60 characters. */
export const codeOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, 60);
