/**
 * How much callers may use, and how much they have used: quotas, budgets, calls at the same time,
 * wherever that is counted. It knows names and amounts, not what is asked for.
 */
@NullMarked
package dev.parley.hub.limits;

import org.jspecify.annotations.NullMarked;
