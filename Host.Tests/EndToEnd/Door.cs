using Chat.Client;
using Chat.Domain.Values;
using Chat.Host.Nats;
using Chat.Host.Operate;
using NATS.Client.Core;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>
/// How tests come in: as people, with tokens of the development issuer; as the host's users, to look on.
/// </summary>
public sealed class Door(string url, Secrets secrets) : IDisposable
{
    public const string Device = "phone";
    private static int people;
    private readonly TokenIssuer issuer = new(secrets.TokenKeyPem);

    public string Url => url;

    public string TokenOf(PersonId person, string device = Device) => issuer.Issue(person.Value, device);

    /// <summary>A person whom no other test has met.</summary>
    public static PersonId NewPerson(string name) => PersonId.Of($"{name}-{Interlocked.Increment(ref people)}");

    /// <summary>The client of a person's device.</summary>
    public Task<ChatClient> ClientAsync(PersonId person, string device = Device, TimeSpan? patience = null) =>
        ChatClient.ConnectAsync(
            new ChatOptions
            {
                Url = url,
                Person = person,
                Device = DeviceId.Of(device),
                Token = _ => ValueTask.FromResult(TokenOf(person, device)),
                Patience = patience ?? TimeSpan.FromSeconds(5),
            }
        );

    /// <summary>Somebody new, listening.</summary>
    public Task<Guest> GuestAsync(string name) => GuestAsync(NewPerson(name), Device);

    /// <summary>One more device of somebody.</summary>
    public async Task<Guest> GuestAsync(PersonId person, string device) =>
        await Guest.ListenAsync(await ClientAsync(person, device), await WireAsync(person, device));

    /// <summary>A service of the product, in the host's own account.</summary>
    public async Task<NatsConnection> ServiceAsync()
    {
        var service = new NatsConnection(Connections.App(url, secrets));
        await service.ConnectAsync();
        return service;
    }

    /// <summary>A person's connection without the client: whatever may be published, as it is.</summary>
    public async Task<NatsConnection> WireAsync(PersonId person, string device = Device)
    {
        var wire = new NatsConnection(
            Connections.Client(url, person.Value, device, TokenOf(person, device)) with
            {
                RequestTimeout = TimeSpan.FromSeconds(20),
                SubPendingChannelFullMode = System.Threading.Channels.BoundedChannelFullMode.Wait,
            }
        );
        await wire.ConnectAsync();
        return wire;
    }

    /// <summary>Among the hosts: hears what clients never may.</summary>
    public Task<NatsConnection> InsideAsync() => OpenAsync(Connections.App(url, secrets));

    /// <summary>As the system account.</summary>
    public Task<NatsConnection> SystemAsync() => OpenAsync(Connections.System(url, secrets));

    /// <summary>As a host comes, or an import.</summary>
    public Task<NatsConnection> AppAsync() => OpenAsync(Connections.App(url, secrets));

    private static async Task<NatsConnection> OpenAsync(NatsOpts opts)
    {
        var connection = new NatsConnection(opts);
        await connection.ConnectAsync();
        return connection;
    }

    public void Dispose() => issuer.Dispose();
}
