package dev.parley.gpu.codec;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a decoder found.
 *
 * @param container the file format, such as {@code wav} or {@code ogg}; {@code raw} without one
 * @param encoding the same as one of ours, where it is one
 * @param codec how samples are coded, such as {@code pcm_s24le} or {@code opus}
 * @param sampleRateHz of the decoded samples
 * @param channels of the decoded samples
 * @param seconds length that the container states, which need not be true
 */
public record StreamInfo(
    String container,
    Optional<Encoding> encoding,
    String codec,
    int sampleRateHz,
    int channels,
    OptionalDouble seconds) {}
