using System.Globalization;
using System.Text;
using Chat.Host.Operate;

namespace Chat.Host.Nats;

/// <summary>
/// The configuration of the nats-server that carries the chat. Three accounts: APP, where clients and hosts meet;
/// AUTH, where only the callout lives, so that no client can ask or answer it; SYS, for connection events, listings
/// and kicks. No JetStream: nothing is kept in NATS. Everything listens on loopback, or where others say; in front of
/// the world stands a TLS proxy.
/// </summary>
public sealed record ServerConfig
{
    public const string AppUser = "chat-host";
    public const string CalloutUser = "chat-callout";
    public const string SystemUser = "chat-system";
    public const string RoutesUser = "chat-routes";
    public const string AppAccount = "APP";

    public required Secrets Secrets { get; init; }

    /// <summary>Where the pid file and the log go.</summary>
    public required string Folder { get; init; }

    public required int Port { get; init; }

    /// <summary>Where it listens.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Others start it: it writes no pid file, and its log to where they want it.</summary>
    public bool IsElsewhere { get; init; }

    public required int WebSocketPort { get; init; }

    /// <summary>Of a cluster each has a name of its own.</summary>
    public string Name { get; init; } = "chat";

    /// <summary>Where the others of its cluster reach it; null where it is alone.</summary>
    public int? RoutePort { get; init; }

    /// <summary>Where it reaches those, as host:port; it finds out by itself which is its own.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>
    /// HTTP monitoring on loopback; none unless asked for (the system account answers the same questions).
    /// </summary>
    public int? MonitorPort { get; init; }

    /// <summary>
    /// Origins of pages that may open a WebSocket, such as <c>http://127.0.0.1:4700</c>. Empty: only the server's
    /// own. A client that sends no Origin is no browser and passes: the token is what protects, the origin only stops
    /// foreign pages.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>SEAM says that no message is larger; the headers count.</summary>
    public int MaxPayload { get; init; } = 256 * 1024;

    /// <summary>
    /// What may wait for one connection before it is cut. The server knows one figure for clients and hosts alike,
    /// and a host whose runtime pauses for 100 ms at 50,000 requests a second is behind by 2 MB: 8 MB keeps hosts, an
    /// eighth of the default bounds readers that do not read.
    /// </summary>
    public int MaxPending { get; init; } = 8 * 1024 * 1024;

    public int MaxConnections { get; init; } = 16_384;

    /// <summary>
    /// A connection's subscriptions: a host has one for each of 1,024 buckets. Clients are not held to the 16 of
    /// their JWT by the server, but by <see cref="Sessions"/> at the next listing: this is what they can have until
    /// then.
    /// </summary>
    public int MaxSubscriptions { get; init; } = 1_280;

    /// <summary>How long a connection may stay unauthenticated, the callout's answer included.</summary>
    public TimeSpan AuthTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public string PidFile => Path.Combine(Folder, "nats.pid");

    public string LogFile => Path.Combine(Folder, "nats.log");

    public string Render()
    {
        var text = new StringBuilder();
        Line(text, "# Generated at every start: changes are lost.");
        Line(text, $"host: {Quote(Address)}");
        Line(text, $"port: {Port}");
        Line(text, $"server_name: {Quote(Name)}");
        if (!IsElsewhere)
        {
            Line(text, $"pid_file: {Quote(PidFile)}");
            Line(text, $"log_file: {Quote(LogFile)}");
            Line(text, "logfile_size_limit: 16MB");
            Line(text, "logfile_max_num: 4");
        }

        if (MonitorPort is { } monitor)
        {
            Line(text, $"http: {Quote($"127.0.0.1:{monitor}")}");
        }

        Limits(text);
        WebSocket(text);
        Cluster(text);
        Accounts(text);
        return text.ToString();
    }

    private void Limits(StringBuilder text)
    {
        Line(text, $"max_payload: {MaxPayload}");
        Line(text, $"max_pending: {MaxPending}");
        Line(text, $"max_connections: {MaxConnections}");
        Line(text, $"max_subscriptions: {MaxSubscriptions}");

        // A line that grows without end is refused before it is parsed; CONNECT, with a token of 4 KB at most, has to
        // fit.
        Line(text, "max_control_line: 8192");

        // Who left without a word is found after half a minute: a phone, or a host, which is sent its share of the
        // requests until then.
        Line(text, "ping_interval: \"10s\"");
        Line(text, "ping_max: 2");
        Line(text, "write_deadline: \"5s\"");

        // Otherwise one reader that does not read slows down the host that publishes to it, and with it everybody.
        // What is dropped for that reader shows as a gap in its versions.
        Line(text, "no_fast_producer_stall: true");
        Line(text, "lame_duck_grace_period: \"1s\"");
        Line(text, "lame_duck_duration: \"30s\"");
    }

    private void WebSocket(StringBuilder text)
    {
        Line(text, "websocket {");
        Line(text, $"  listen: {Quote($"{Address}:{WebSocketPort}")}");
        Line(text, "  no_tls: true");
        Line(text, "  compression: false");
        Line(text, "  handshake_timeout: \"3s\"");
        Line(
            text,
            AllowedOrigins.Count == 0
                ? "  same_origin: true"
                : $"  allowed_origins: [{string.Join(", ", AllowedOrigins.Select(Quote))}]"
        );
        Line(text, "}");
    }

    private void Cluster(StringBuilder text)
    {
        if (RoutePort is not { } port)
        {
            return;
        }

        Line(text, "cluster {");
        Line(text, "  name: chat");
        Line(text, $"  listen: {Quote($"{Address}:{port}")}");
        Line(text, $"  authorization {{ user: {RoutesUser}, password: {Quote(Secrets.RoutesPassword)}, timeout: 2 }}");
        var user = $"{RoutesUser}:{Secrets.RoutesPassword}";
        Line(text, $"  routes: [{string.Join(", ", Routes.Select(other => Quote($"nats://{user}@{other}")))}]");
        Line(text, "}");
    }

    private void Accounts(StringBuilder text)
    {
        Line(text, "accounts {");
        Line(text, $"  AUTH {{ users: [ {User(CalloutUser, Secrets.CalloutPassword)} ] }}");
        Line(text, $"  {AppAccount} {{ users: [ {User(AppUser, Secrets.AppPassword)} ] }}");
        Line(text, $"  SYS {{ users: [ {User(SystemUser, Secrets.SystemPassword)} ] }}");
        Line(text, "}");
        Line(text, "system_account: SYS");
        Line(text, "authorization {");
        Line(text, $"  timeout: {AuthTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)}");
        Line(text, "  auth_callout {");
        Line(text, $"    issuer: {Secrets.IssuerPublicKey}");
        Line(text, "    account: AUTH");

        // Those whom the callout does not decide about: without this list the host could not connect before itself.
        Line(text, $"    auth_users: [ {CalloutUser}, {AppUser}, {SystemUser} ]");
        Line(text, $"    xkey: {Secrets.XKeyPublicKey}");
        Line(text, "  }");
        Line(text, "}");
    }

    private static string User(string name, string password) => $"{{ user: {name}, password: {Quote(password)} }}";

    private static string Quote(string value)
    {
        if (value.Any(char.IsControl))
        {
            throw new StartFailure("A setting of nats-server holds a control character.", "Give it without.");
        }

        var escaped = value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
