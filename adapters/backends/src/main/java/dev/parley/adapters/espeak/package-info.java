/**
 * espeak-ng, a program of some hundred languages and voices, where the user has installed it. It is
 * run as a process of its own for each text, never linked, as its licence is another one than ours.
 */
@NullMarked
package dev.parley.adapters.espeak;

import org.jspecify.annotations.NullMarked;
