// Where the people of an elite stand in the picture: groups around a ring, people on a sunflower spiral within their
// group, those with more ties further in. The same data gives the same picture.

export interface Spot {
  id: string;
  x: number;
  y: number;
}

const GOLDEN = Math.PI * (3 - Math.sqrt(5));

export function layout(groups: { id: string; people: { id: string; ties: number }[] }[], size: number): { spots: Map<string, Spot>; centres: Map<string, Spot> } {
  const filled = groups.filter((group) => group.people.length);
  const spots = new Map<string, Spot>();
  const centres = new Map<string, Spot>();
  const ring = filled.length > 1 ? size * 0.345 : 0;
  const most = Math.max(1, ...filled.map((group) => group.people.length));
  const room = filled.length > 1 ? Math.min(size * 0.14, ring * Math.sin(Math.PI / filled.length) * 0.95) : size * 0.4;
  filled.forEach((group, place) => {
    const angle = (2 * Math.PI * place) / filled.length - Math.PI / 2;
    const x = size / 2 + ring * Math.cos(angle);
    const y = size / 2 + ring * Math.sin(angle);
    centres.set(group.id, { id: group.id, x, y });
    const reach = room / Math.sqrt(most);
    [...group.people]
      .sort((a, b) => b.ties - a.ties || (a.id < b.id ? -1 : 1))
      .forEach((person, rank) => {
        const far = reach * Math.sqrt(rank + 0.5);
        spots.set(person.id, { id: person.id, x: x + far * Math.cos(rank * GOLDEN), y: y + far * Math.sin(rank * GOLDEN) });
      });
  });
  return { spots, centres };
}
