using System.ComponentModel;
using Spectre.Console.Cli;

namespace Chat.Host.Verbs;

/// <summary>Where <c>./chat up</c> runs, and with what.</summary>
public sealed class UpSettings : PlaceSettings
{
    /// <summary>The host of whoever has only one.</summary>
    public const string FirstName = "host-1";

    /// <summary>A server of one's own.</summary>
    [CommandOption("--nats <URL>")]
    [Description(
        "Use this nats-server instead of an own one; ./chat nats-config prints what it must be configured with"
    )]
    public string? Nats { get; init; }

    /// <summary>A database of one's own.</summary>
    [CommandOption("--postgres <URL>")]
    [Description(
        "Use this PostgreSQL instead of an own one: postgres://user:password@host:port/database, of a primary and its "
            + "standbys host:port,host:port (or CHAT_POSTGRES)"
    )]
    public string? Postgres { get; init; } =
        Environment.GetEnvironmentVariable(Operate.HostProcess.PostgresVariable) is { Length: > 0 } given
            ? given
            : null;

    /// <summary>Standbys to read.</summary>
    [CommandOption("--postgres-replica <URL>")]
    [Description(
        "Read history and search from this standby (of several host:port,host:port) where it has come far enough; with "
            + "--cluster “standby” is its own (or CHAT_POSTGRES_REPLICA)"
    )]
    public string? Replica { get; init; } =
        Environment.GetEnvironmentVariable(Operate.HostProcess.ReplicaVariable) is { Length: > 0 } given ? given : null;

    /// <summary>A cluster.</summary>
    [CommandOption("--cluster")]
    [Description(
        "Three nats-servers, and a PostgreSQL with a synchronous standby: any of them may die, and nothing is lost"
    )]
    public bool IsCluster { get; init; }

    /// <summary>Port.</summary>
    [CommandOption("--nats-port <PORT>")]
    [Description("Port of the own nats-server, with --cluster the first of six (default: 4722)")]
    public int NatsPort { get; init; } = 4722;

    /// <summary>Port.</summary>
    [CommandOption("--ws-port <PORT>")]
    [Description("Its port for browsers, with --cluster the first of three (default: 4780)")]
    public int WebSocketPort { get; init; } = 4780;

    /// <summary>Port.</summary>
    [CommandOption("--postgres-port <PORT>")]
    [Description("Port of the own PostgreSQL, with --cluster the first of two (default: 5722)")]
    public int PostgresPort { get; init; } = 5722;

    /// <summary>Port.</summary>
    [CommandOption("--http-port <PORT>")]
    [Description("Port of the page, health and metrics (default: 8722)")]
    public int HttpPort { get; init; } = 8722;

    /// <summary>Address.</summary>
    [CommandOption("--http-address <ADDRESS>")]
    [Description("Where that port is open: 0.0.0.0 for health and metrics from elsewhere (default: 127.0.0.1)")]
    public string HttpAddress { get; init; } = "127.0.0.1";

    /// <summary>For a server of one's own.</summary>
    [CommandOption("--websocket <URL>")]
    [Description("With --nats: its address for browsers, ws://… or wss://…")]
    public string? WebSocket { get; init; }

    /// <summary>The page.</summary>
    [CommandOption("--page <DIR>")]
    [Description("Folder of the built page (default: what ./chat has built)")]
    public string? Page { get; init; } = Environment.GetEnvironmentVariable("CHAT_PAGE");

    /// <summary>Without the demo.</summary>
    [CommandOption("--no-demo")]
    [Description("Leave an empty house empty: no people, no conversations to try things out with")]
    public bool IsWithoutDemo { get; init; }

    /// <summary>More for the demo.</summary>
    [CommandOption("--demo-logs <DIR>")]
    [Description("Make channels of the IRC logs in this folder too")]
    public string? DemoLogs { get; init; }

    /// <summary>How many.</summary>
    [CommandOption("--hosts <COUNT>")]
    [Description("So many hosts that share the conversations out among them, each a process (default: 1)")]
    public int Hosts { get; init; } = 1;

    /// <summary>Its name.</summary>
    [CommandOption("--name <NAME>")]
    [Description("The host's name; of several on the same servers each has one of its own (default: host-1)")]
    public string Name { get; init; } = FirstName;

    /// <summary>Lanes.</summary>
    [CommandOption("--lanes <COUNT>")]
    [Description("Commit lanes, one database connection each (default: 2)")]
    public int Lanes { get; init; } = 2;

    /// <summary>Rates.</summary>
    [CommandOption("--rates <FACTOR>")]
    [Description("How many times as often as usual people may ask: 1,000 for a benchmark (default: 1)")]
    public int Rates { get; init; } = 1;

    /// <summary>Files.</summary>
    [CommandOption("--files <PLACE>")]
    [Description(
        "Keep pictures and files in this folder or bucket (s3://bucket, s3+https://host/bucket), not in the database"
    )]
    public string? Files { get; init; }

    /// <summary>Files.</summary>
    [CommandOption("--max-file <MB>")]
    [Description("The largest file that is taken (default: 25)")]
    public int MaxFile { get; init; } = 25;

    /// <summary>The staff.</summary>
    [CommandOption("--staff <CONVERSATION>")]
    [Description(
        "The conversation, by its id, whose moderators are told of what is reported to the staff (default: the demo's)"
    )]
    public string? Staff { get; init; }

    /// <summary>A policy.</summary>
    [CommandOption("--policy <SUBJECT>")]
    [Description("The subject of NATS where a service of yours is asked before something is said (default: nobody is)")]
    public string? Policy { get; init; }

    /// <summary>Patience with it.</summary>
    [CommandOption("--policy-ms <MS>")]
    [Description("How long its answer is waited for (default: 500)")]
    public int PolicyMs { get; init; } = 500;

    /// <summary>Without it.</summary>
    [CommandOption("--policy-open")]
    [Description("What it does not judge in time is said; else whoever asks is told to ask again")]
    public bool IsPolicyOpen { get; init; }

    /// <summary>For calls.</summary>
    [CommandOption("--relay <URL>")]
    [Description(
        "A server by which the devices of a call find each other: stun:host:port, turn:host:port?transport=udp; "
            + "as often as there are such"
    )]
    public string[] Relays { get; init; } = [];

    /// <summary>For calls.</summary>
    [CommandOption("--relay-secret <FILE>")]
    [Description("The file with the secret that the turn servers have as static-auth-secret")]
    public string? RelaySecret { get; init; }

    /// <summary>A recording.</summary>
    [CommandOption("--record <FILE>")]
    [Description(
        "Write down what requests are decided on, for ./chat shadow; it holds what was said, also once it is taken back"
    )]
    public string? Record { get; init; }

    /// <summary>
    /// The caller vouches that no other host uses this name on the database: its lease is not waited for.
    /// </summary>
    [CommandOption("--sole", IsHidden = true)]
    public bool IsSole { get; init; }

    /// <summary>Logs.</summary>
    [CommandOption("--log <LEVEL>")]
    [Description("Trace, Debug, Information, Warning, Error (default: Warning)")]
    public LogLevel Log { get; init; } = LogLevel.Warning;

    /// <summary>Form of logs.</summary>
    [CommandOption("--log-json")]
    [Description("Write the log as JSON, a line each")]
    public bool IsLogJson { get; init; }
}
