using System.Collections.Concurrent;
using Chat.Domain.Rooms;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;

namespace Chat.Host.House;

/// <summary>
/// Tells those who are connected of rooms and friends what looks to them otherwise than before. What they were told
/// last counts, too: that somebody is kept from them now nobody tells them, and they see it with the next that happens.
/// </summary>
internal sealed class Shown(INatsConnection connection, Sessions sessions, ILogger log)
{
    private const int MostHeld = 500_000;
    private readonly ConcurrentDictionary<RoomId, ConcurrentDictionary<PersonId, Card>> rooms = new();
    private readonly ConcurrentDictionary<(PersonId Viewer, PersonId Friend), FriendHere> placed = new();

    /// <summary>Who was told of a room.</summary>
    public IEnumerable<PersonId> ViewersOf(RoomId room) => rooms.TryGetValue(room, out var cards) ? cards.Keys : [];

    /// <summary>It is dark for good.</summary>
    public void Forget(RoomId room) => rooms.TryRemove(room, out _);

    /// <summary>A room looked so to somebody, and looks so now; null: they see nothing of it.</summary>
    public void Tell(RoomId room, PersonId viewer, Card? before, Card? card)
    {
        var cards = rooms.GetOrAdd(room, _ => new());
        if (!sessions.IsLive(viewer.Value))
        {
            cards.TryRemove(viewer, out _);
            return;
        }
        if (card is null)
        {
            if (cards.TryRemove(viewer, out _) || before is not null)
                Send(viewer, Subjects.House(viewer, room.Value), HouseAnswers.Closed(room));
            return;
        }
        if (before == card && cards.GetValueOrDefault(viewer, card) == card)
            return;
        cards[viewer] = card;
        Send(viewer, Subjects.House(viewer, room.Value), HouseAnswers.Told(card));
    }

    /// <summary>A friend was there, as far as that is known, and is there now.</summary>
    public void Tell(PersonId viewer, FriendHere? before, FriendHere friend)
    {
        if (!sessions.IsLive(viewer.Value))
        {
            placed.TryRemove((viewer, friend.Person), out _);
            return;
        }
        if (before == friend && placed.GetValueOrDefault((viewer, friend.Person), friend) == friend)
            return;
        if (placed.Count > MostHeld)
            placed.Clear();
        placed[(viewer, friend.Person)] = friend;
        Send(viewer, Subjects.House(viewer, friend.Person.Value), HouseAnswers.Told(friend));
    }

    /// <summary>Whether somebody was told last that a friend is in a room.</summary>
    public bool HasTold(PersonId viewer, PersonId friend, RoomId room) =>
        placed.TryGetValue((viewer, friend), out var told) && told.Room == room;

    /// <summary>Sends to somebody who is connected.</summary>
    public void Send(PersonId person, string subject, byte[] payload)
    {
        if (!sessions.IsLive(person.Value))
            return;
        Meters.Delivered(1);
        var sent = connection.PublishAsync(subject, payload);
        if (!sent.IsCompletedSuccessfully)
            _ = sent.AsTask()
                .ContinueWith(
                    failed => log.LogWarning("Not told: {Fault}", failed.Exception?.InnerException?.Message),
                    TaskContinuationOptions.OnlyOnFaulted
                );
    }
}
