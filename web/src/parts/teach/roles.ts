export const ROLES = ["leader", "owners", "chiefs", "abroad"] as const;
