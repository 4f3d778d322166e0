/**
 * Who may call: the keys that are known, kept where several hubs find them, and looked up without
 * waiting. It does not know how callers show them, nor what they ask for.
 */
@NullMarked
package dev.parley.hub.access;

import org.jspecify.annotations.NullMarked;
