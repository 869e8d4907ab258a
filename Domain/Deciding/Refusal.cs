namespace Chat.Domain.Deciding;

/// <summary>
/// Why something was refused, as a reason that a program can act on. <see cref="Code"/> is stable; <see
/// cref="Because"/> names the rules that led to it, the deciding one last.
/// </summary>
public abstract record Refusal(string Code, Listing<string> Because)
{
    /// <summary>When to try again, in milliseconds; null where trying again does not help.</summary>
    public virtual long? RetryAfterMs => null;

    /// <summary>Some fields of the request break a rule: each with the rule.</summary>
    public sealed record Malformed(Listing<string> Faults) : Refusal("malformed", Faults);

    /// <summary>The request is larger than a bound.</summary>
    public sealed record TooLarge(string Rule) : Refusal("too_large", [Rule]);

    /// <summary>It does not exist, or it is not yours to know.</summary>
    public sealed record NotFound(string Rule) : Refusal("not_found", [Rule]);

    /// <summary>One must be a member; joining may be a way.</summary>
    public sealed record NotAMember(string Rule) : Refusal("not_a_member", [Rule]);

    /// <summary>Without the permission: the rules that led to it.</summary>
    public sealed record Forbidden(Listing<string> Rules) : Refusal("forbidden", Rules);

    /// <summary>Kept out, for a time or until let in again.</summary>
    public sealed record Banned(long? AfterMs) : Refusal("banned", ["member.banned"])
    {
        /// <inheritdoc/>
        public override long? RetryAfterMs => AfterMs;
    }

    /// <summary>A member who has not the word for a time.</summary>
    public sealed record Muted(long AfterMs) : Refusal("muted", ["member.timed_out"])
    {
        /// <inheritdoc/>
        public override long? RetryAfterMs => AfterMs;
    }

    /// <summary>The link lets nobody in any more: it has expired, is used up, or its maker may not.</summary>
    public sealed record LinkEnded(string Rule) : Refusal("link_ended", [Rule]);

    /// <summary>Nothing changes here now, but by those who could unlock it.</summary>
    public sealed record Locked() : Refusal("locked", ["settings.locked"]);

    /// <summary>Messages of one member are to be further apart.</summary>
    public sealed record SlowMode(long AfterMs) : Refusal("slow_mode", ["settings.slow_mode"])
    {
        /// <inheritdoc/>
        public override long? RetryAfterMs => AfterMs;
    }

    /// <summary>The time in which it could be done is over.</summary>
    public sealed record TooLate(string Rule) : Refusal("too_late", [Rule]);

    /// <summary>This kind of conversation has no such thing.</summary>
    public sealed record Unsupported(string Rule) : Refusal("unsupported", [Rule]);

    /// <summary>The message was taken back.</summary>
    public sealed record Gone() : Refusal("gone", ["message.gone"]);

    /// <summary>A bound of the conversation is reached.</summary>
    public sealed record Full(string Rule) : Refusal("full", [Rule]);

    /// <summary>
    /// They take nothing from whoever asks: they closed it, or keep it closed to everybody. Which it is is not said.
    /// </summary>
    public sealed record NotAccepting(string Rule) : Refusal("not_accepting", [Rule]);

    /// <summary>The same client id came before with another request.</summary>
    public sealed record Conflict() : Refusal("conflict", ["client_id.reused"]);

    /// <summary>Too much waits already; nothing was done.</summary>
    public sealed record Busy(long AfterMs) : Refusal("busy", ["host.queue_full"])
    {
        /// <inheritdoc/>
        public override long? RetryAfterMs => AfterMs;
    }

    /// <summary>They ask more often than anybody may; nothing was done.</summary>
    public sealed record RateLimited(string Rule, long AfterMs) : Refusal("rate_limited", [Rule])
    {
        /// <inheritdoc/>
        public override long? RetryAfterMs => AfterMs;
    }

    /// <summary>The store did not take it, and it is known that nothing was committed.</summary>
    public sealed record Unavailable(long AfterMs) : Refusal("unavailable", ["host.store_unavailable"])
    {
        /// <inheritdoc/>
        public override long? RetryAfterMs => AfterMs;
    }

    /// <summary>Words that a rule keeps from being said here: the last rule names it.</summary>
    public sealed record Unwanted(Listing<string> Rules) : Refusal("unwanted", Rules);

    /// <summary>This host does not own the stream any more; another does.</summary>
    public sealed record Moved() : Refusal("moved", ["host.lease_lost"])
    {
        /// <inheritdoc/>
        public override long? RetryAfterMs => 200;
    }
}
