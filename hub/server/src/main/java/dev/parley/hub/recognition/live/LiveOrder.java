package dev.parley.hub.recognition.live;

import dev.parley.core.audio.AudioFormat;
import dev.parley.hub.recognition.order.RecognitionWish;

/**
 * Sound that will arrive and shall be written down.
 *
 * @param wish how; its {@code speechOnly} is not looked at
 * @param format what the bytes will be; recognised from them when nothing is said
 * @param interims whether what may still change is wanted, too
 * @param speechEvents whether starts, stops and turns are wanted
 * @param turns when a turn ends
 */
public record LiveOrder(
    RecognitionWish wish,
    AudioFormat format,
    boolean interims,
    boolean speechEvents,
    TurnSettings turns) {}
