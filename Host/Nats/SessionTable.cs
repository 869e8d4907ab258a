using System.Collections.Concurrent;
using System.Diagnostics;

namespace Chat.Host.Nats;

/// <summary>
/// Which connections are there, and whose. Questions about a person take no lock; changes take one, since they are rare
/// against questions.
/// </summary>
internal sealed class SessionTable
{
    private readonly Lock _changing = new();
    private readonly Dictionary<ConnectionId, Session> _connections = [];
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    // Connections that left while a listing was read: the listing may still show them.
    private System.Collections.Generic.HashSet<ConnectionId>? _left;

    public ICollection<string> People => _counts.Keys;

    public bool IsLive(string person) => _counts.ContainsKey(person);

    /// <summary>True where it is the person's first.</summary>
    public bool Add(ConnectionId id, string person, string device)
    {
        lock (_changing)
        {
            var session = new Session(person, device, Stopwatch.GetTimestamp());
            return _connections.TryAdd(id, session) && _counts.AddOrUpdate(person, 1, (_, count) => count + 1) == 1;
        }
    }

    public void Remove(ConnectionId id)
    {
        lock (_changing)
        {
            _left?.Add(id);
            if (!_connections.Remove(id, out var session))
            {
                return;
            }

            var count = _counts[session.Person] - 1;
            if (count > 0)
            {
                _counts[session.Person] = count;
                return;
            }

            _counts.TryRemove(session.Person, out _);
        }
    }

    public void BeginListing()
    {
        lock (_changing)
        {
            _left = [];
        }
    }

    /// <summary>Who was not known to be there.</summary>
    public List<string> EndListing(IEnumerable<ListedConnection> listed)
    {
        var met = new List<string>();
        lock (_changing)
        {
            foreach (var connection in listed)
            {
                if (
                    _left?.Contains(connection.Id) != true
                    && UserJwt.ReadName(connection.Name) is var (person, device)
                    && Add(connection.Id, person, device)
                )
                {
                    met.Add(person);
                }
            }

            _left = null;
        }
        return met;
    }

    public List<ConnectionId> Of(string person, string device)
    {
        lock (_changing)
        {
            return
            [
                .. _connections.Where(c => c.Value.Person == person && c.Value.Device == device).Select(c => c.Key),
            ];
        }
    }

    public List<string> DevicesOf(string person)
    {
        lock (_changing)
        {
            return [.. _connections.Values.Where(one => one.Person == person).Select(one => one.Device).Distinct()];
        }
    }

    /// <summary>Those known for longer than that.</summary>
    public List<ConnectionId> OlderThan(TimeSpan age)
    {
        lock (_changing)
        {
            return [.. _connections.Where(c => Stopwatch.GetElapsedTime(c.Value.Since) > age).Select(c => c.Key)];
        }
    }

    public System.Collections.Generic.HashSet<string> Servers()
    {
        lock (_changing)
        {
            return _connections.Keys.Select(id => id.Server).ToHashSet(StringComparer.Ordinal);
        }
    }

    private readonly record struct Session(string Person, string Device, long Since);
}
