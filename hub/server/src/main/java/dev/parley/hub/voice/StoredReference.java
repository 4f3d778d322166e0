package dev.parley.hub.voice;

import dev.parley.core.audio.AudioFormat;

/**
 * A recording with what its bytes were declared to be, which headerless sound cannot be read
 * without.
 */
record StoredReference(VoiceReference reference, AudioFormat declared) {}
