using System.Globalization;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Host.Operate;
using Npgsql;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>One <c>up</c>, with its own servers, for all tests of the collection.</summary>
public sealed class ChatUp : IAsyncLifetime
{
    public const string Collection = "chat-up";

    private ChatProcess? host;
    private Door? door;

    /// <summary>Who makes the staff's conversation, and under which id of theirs.</summary>
    public static readonly PersonId Lead = PersonId.Of("lead");
    public static readonly ClientId StaffRequest = ClientId.Of("staff");

    /// <summary>Its id follows from that.</summary>
    public static ConversationId Staff { get; } =
        Conversation.IdOf(
            TenantId.Main,
            Lead,
            DeviceId.Of(Door.Device),
            StaffRequest,
            new Command.Create(ConversationKind.Group, [], null)
        );

    /// <summary>By which servers devices are to find each other, and the secret that these have.</summary>
    public static readonly Listing<string> Relays = ["stun:127.0.0.1:3478", "turn:127.0.0.1:3478?transport=udp"];
    public const string RelaySecret = "of-the-tests";

    public string Folder { get; } = NewFolder();

    private int postgresPort;

    public ChatProcess Host => host ?? throw new InvalidOperationException("not started");

    public Door Door => door ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        var ports = Servers.FreePorts(3);
        postgresPort = ports[2];
        var secret = Path.Combine(Folder, "relay-secret");
        await File.WriteAllTextAsync(secret, RelaySecret);
        IEnumerable<string> relays = [.. Relays.SelectMany(url => new[] { "--relay", url }), "--relay-secret", secret];
        host = await ChatProcess.UpAsync([.. Arguments(Folder, ports), .. relays]);
        door = new Door($"nats://127.0.0.1:{ports[0]}", Secrets.LoadOrCreate(Path.Combine(Folder, "secrets")));
    }

    /// <summary>The database, as the host reaches it.</summary>
    public NpgsqlDataSource Database() =>
        NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={postgresPort};Database=chat;Username=chat;Pooling=false;"
                + $"Password={Secrets.LoadOrCreate(Path.Combine(Folder, "secrets")).PostgresPassword}"
        );

    public async Task DisposeAsync()
    {
        door?.Dispose();
        if (host is { } running)
        {
            running.Send(15);
            await running.EndsAsync();
            await running.DisposeAsync();
        }
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A folder that PostgreSQL may reach: under root it runs as another user.</summary>
    public static string NewFolder()
    {
        var folder = Servers.NewFolder();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                folder,
                File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute
            );
        return folder;
    }

    /// <summary>What <c>up</c> is given: a folder, and ports for nats-server, its WebSocket and PostgreSQL.</summary>
    public static string[] Arguments(string folder, int[] ports) =>
        [
            "--rates",
            "1000",
            "--data",
            folder,
            "--nats-port",
            Of(ports[0]),
            "--ws-port",
            Of(ports[1]),
            "--postgres-port",
            Of(ports[2]),
            "--http-port",
            "0",
            "--no-demo",
            "--staff",
            Staff.Value,
        ];

    private static string Of(int port) => port.ToString(CultureInfo.InvariantCulture);
}

[CollectionDefinition(ChatUp.Collection)]
public sealed class ChatUpCollection : ICollectionFixture<ChatUp>;
