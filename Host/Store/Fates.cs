using Npgsql;

namespace Chat.Host.Store;

/// <summary>What became of one transaction.</summary>
internal enum Fate
{
    Committed,
    Fenced,

    /// <summary>Rolled back: a version, a guard or an id is not as it was expected.</summary>
    Conflict,

    /// <summary>Rolled back for no reason of its own: the same again.</summary>
    Again,
    RolledBack,
    Unknown,
}

/// <summary>
/// What an exception says about a transaction. Only an error that PostgreSQL itself reports of a statement is known to
/// have rolled it back; of anything else, a broken connection above all, nothing is known.
/// </summary>
internal static class Fates
{
    public static Fate Of(Exception failure) =>
        failure is PostgresException { InvariantSeverity: "ERROR" } error
            ? error.SqlState switch
            {
                Functions.Fenced => Fate.Fenced,
                Functions.Stale or Functions.Unguarded or PostgresErrorCodes.UniqueViolation => Fate.Conflict,
                PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => Fate.Again,
                _ => Fate.RolledBack,
            }
            : Fate.Unknown;

    /// <summary>
    /// A warning comes when a transaction is committed here and perhaps not on the standby. It has no code of its own
    /// and its words depend on the locale; our statements give no other warning, and to doubt costs a look-up.
    /// </summary>
    public static bool IsUncertain(PostgresNotice notice) => notice.InvariantSeverity == "WARNING";
}
