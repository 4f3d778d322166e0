package dev.parley.core.speech;

/**
 * How a phrase is spoken.
 *
 * @param phrase as it stands in the text
 * @param alphabet {@code ipa}, {@code x-sampa}, {@code pinyin} or {@code alias}
 * @param sounds in that alphabet; for an alias, the text to speak instead
 */
public record Pronunciation(String phrase, String alphabet, String sounds) {}
