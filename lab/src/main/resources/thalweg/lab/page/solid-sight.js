"use strict";
// What can be seen of a surface in three dimensions: the base is the square from −1 to 1, x to the
// right and y away from the eye, the height `tall` times the share of the scale.
const solidSight = (tall) => {
  const enough = 0.75;
  const sides = [30, -30, -60, 60, 120, -120, 150, -150].map((degrees) => (degrees * Math.PI) / 180);
  const places = 60; // of a walk that are looked at

  const vector = (p, part) => new THREE.Vector3(2 * p[0] - 1, part * tall, 1 - 2 * p[1]);
  // On the surface, or on the floor where it is not defined.
  const on = (map, p, lift = 0) => {
    const part = surface.shareAt(map, p);
    return vector(p, Number.isNaN(part) ? 0 : part).add(new THREE.Vector3(0, lift, 0));
  };
  // Whether a hill lies between the eye and a place of the surface.
  const hides = (map, p, eye) => {
    const from = on(map, p, 0.012 * tall);
    const step = eye.clone().sub(from).normalize().multiplyScalar(2 / 150);
    for (let at = from.add(step).add(step); at.y <= tall; at.add(step)) {
      const q = [(at.x + 1) / 2, (1 - at.z) / 2];
      if (!surface.isInside(q)) return false;
      if (surface.shareAt(map, q) * tall > at.y) return true;
    }
    return false;
  };
  // The share of the ways that lies before everything else.
  const seen = ({ map, ways: all }, eye) => {
    const looked = all.flatMap(({ pieces }) => pieces.filter((_, i) => i % Math.ceil(pieces.length / places) === 0));
    return looked.filter(([, to]) => !hides(map, to, eye)).length / Math.max(1, looked.length);
  };
  // The side to look from: where it is now, or the first from which most of the ways are seen.
  const side = (shown, now, from) => {
    let best = now;
    let most = -1;
    for (const azimuth of [now, ...sides]) {
      const part = seen(shown, from(azimuth));
      if (part >= enough) return azimuth;
      if (part > most) [best, most] = [azimuth, part];
    }
    return best;
  };
  return { vector, on, hides, side };
};
