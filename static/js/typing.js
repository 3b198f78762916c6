// typing.js — one call after a pause in typing, never in the middle of an input method's composition.

export const afterPause = (wait, call) => {
  const timers = new WeakMap();
  const composing = new WeakSet();
  const start = (element) => {
    clearTimeout(timers.get(element));
    timers.set(element, setTimeout(call, wait, element));
  };
  // Each takes the event and the element that the pause belongs to (a field, or its form).
  return {
    typed: (event, element) => {
      if (!event.isComposing && !composing.has(element)) start(element);
    },
    composes: (element) => {
      composing.add(element);
      clearTimeout(timers.get(element));
    },
    composed: (element) => {
      composing.delete(element);
      start(element);
    },
    cancel: (element) => clearTimeout(timers.get(element)),
  };
};
