import { plain } from "../../app/house/refusals.js";
import { isKnownRule } from "../../app/refusals.js";
import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import type { Refusal } from "../../wire/types.js";

const rules: Readonly<Record<string, string>> = {
  "game.running": "A game is going on already. Play along, or wait for its end.",
  "game.none": "No game is going on. Offer one.",
  "game.unknown": "This house does not know that game yet.",
  "deck.unknown": "This house does not have those cards.",
  "deck.of_another_game": "Those cards are for another game.",
  "game.not_seated": "Sit down first, then you can play.",
  "game.not_gathering": "It has begun already.",
  "game.not_playing": "It has not begun yet.",
  "game.seats": "Every seat is taken. You can watch.",
  "game.unsealing": "It begins this moment. Sit down when the first round runs.",
  "game.too_few": "Somebody else has to sit down first.",
  "seal.other": "What was shown is not what was sealed on this device.",
  "seal.not_secure": "A fair deal is sealed on your device, and a page may only do so over https. You can watch.",
  "trivia.not_open": "Time was up. The next question comes.",
  "trivia.next_question": "You are in from the next question on.",
  "trivia.answered": "You have answered already.",
  "heads_up.not_your_turn": "It is not your turn to guess.",
  "heads_up.guesser": "You guess. The others say when you have it.",
  "quick_draw.not_your_turn": "Somebody else draws.",
  "quick_draw.not_drawing": "Time was up.",
  "quick_draw.pieces": "The sheet is full. Wipe it, and draw on next time.",
  "quick_draw.nothing_drawn": "The sheet is clean already.",
  "quick_draw.drawer": "You know the word. Let the others guess.",
  "quick_draw.next_turn": "You guess from the next turn on.",
  "quick_draw.guessed": "You have it already.",
  "quick_draw.tries": "Those were all your guesses for this turn.",
  "potluck.not_judging": "The judge’s time was up.",
  "potluck.not_the_judge": "Somebody else judges this round.",
  "potluck.not_playing": "The cards are on the table already.",
  "potluck.judge": "You judge this round; the others bring cards.",
  "potluck.next_round": "You are in from the next round on.",
  "potluck.played": "Your card is in already.",
  "potluck.card": "That card is not in your hand any more.",
  "potluck.cards": "There are not enough cards for one more. You can watch.",
};

/** Why something was not done at the table, in a sentence or two. */
export function whyNot(refusal: Refusal): string {
  const rule = refusal.because.at(-1) ?? "";
  return !isKnownRule(rule) && Object.hasOwn(rules, rule) ? (rules[rule] as string) : plain(refusal);
}

/** "you", or a name: in the middle of a sentence. */
export const whom = (person: string): string => (person === me.value ? "you" : nameOf(person));

/** "You guess", "Mia guesses". */
export const does = (person: string, verb: string): string =>
  person === me.value ? `You ${verb}` : `${nameOf(person)} ${/(ch|s|sh)$/.test(verb) ? `${verb}es` : `${verb}s`}`;
