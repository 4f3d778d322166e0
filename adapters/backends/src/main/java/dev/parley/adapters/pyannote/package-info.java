/** The speaker service around pyannote.audio: who spoke when, and whether two are one person. */
@NullMarked
package dev.parley.adapters.pyannote;

import org.jspecify.annotations.NullMarked;
