using Npgsql;

namespace Chat.Host.Store;

/// <summary>
/// Whether what a connection commits is perhaps here alone, since its wait for the standby was cut short: PostgreSQL
/// only warns about that.
/// </summary>
internal sealed class Doubt
{
    private volatile bool isThere;

    private Doubt() { }

    /// <summary>Heeds what a connection is told from now on.</summary>
    public static Doubt About(NpgsqlConnection connection)
    {
        var doubt = new Doubt();
        connection.Notice += (_, notice) => doubt.isThere |= Fates.IsUncertain(notice.Notice);
        return doubt;
    }

    /// <summary>Whether it was told so.</summary>
    public bool IsThere => isThere;

    /// <summary>Nothing, if it was not.</summary>
    /// <exception cref="NpgsqlException">The standby may not have it.</exception>
    public void Require()
    {
        if (isThere)
            throw new NpgsqlException("the wait for the standby was cut short");
    }
}
