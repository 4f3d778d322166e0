/**
 * Fakes of the backends that speak OpenAI's chat, completion and embedding routes, each with the
 * departures from OpenAI that its real model shows.
 */
@NullMarked
package dev.parley.testkit.openai;

import org.jspecify.annotations.NullMarked;
