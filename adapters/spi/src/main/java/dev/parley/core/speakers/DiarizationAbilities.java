package dev.parley.core.speakers;

import dev.parley.core.audio.AudioEncoding;

/**
 * What a model can do about speakers.
 *
 * @param counts whether it takes how many speakers there are
 * @param knownMax how many speakers it can be told by a recording; 0: none
 * @param encoding what its server takes best: WAV or FLAC
 * @param secondsMax longest clip
 * @param bytesMax largest clip
 */
public record DiarizationAbilities(
    boolean counts, int knownMax, AudioEncoding encoding, double secondsMax, long bytesMax) {}
