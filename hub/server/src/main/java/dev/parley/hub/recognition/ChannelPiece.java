package dev.parley.hub.recognition;

import dev.parley.hub.media.SoundPiece;

/**
 * A clip and the channel that it was heard on.
 *
 * @param channel from 0; 0 where channels are not separate
 */
record ChannelPiece(int channel, SoundPiece piece) {}
