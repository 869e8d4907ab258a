using Chat.Host.Operate;
using Npgsql;

namespace Chat.Host.Verbs;

/// <summary>A database's address as people write it, for a library that wants it otherwise.</summary>
internal static class PostgresUrl
{
    public static string Read(string given)
    {
        var hosts = HostsOf(given);
        // Uri knows no more than one.
        var one = hosts.Length > 1 ? given.Replace(string.Join(',', hosts), hosts[0], StringComparison.Ordinal) : given;
        if (!Uri.TryCreate(one, UriKind.Absolute, out var url) || url.Scheme is not ("postgres" or "postgresql"))
            return given.Contains('=') ? given : throw Unreadable(given);
        var user = url.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = hosts.Length > 1 ? string.Join(',', hosts) : url.Host,
            Port = url.Port > 0 ? url.Port : 5432,
            Database = url.AbsolutePath.Trim('/') is { Length: > 0 } database ? database : "chat",
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        }.ConnectionString;
    }

    private static string[] HostsOf(string given) =>
        given.Split("://", 2) is [_, var rest] ? rest.Split('/')[0].Split('@')[^1].Split(',') : [];

    private static StartFailure Unreadable(string given) =>
        new($"“{given}” is no address of a database.", "Write postgres://user:password@host:port/database.");
}
