using System.Collections.Concurrent;
using Chat.Domain.Rooms;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;

namespace Chat.Host.House;

/// <summary>
/// What each who is connected was told last of rooms and friends: what is as it was is not told again.
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

    /// <summary>A room looks so to somebody now; null: they see nothing of it.</summary>
    public void Tell(RoomId room, PersonId viewer, Card? card)
    {
        var cards = rooms.GetOrAdd(room, _ => new());
        if (!sessions.IsLive(viewer.Value))
        {
            cards.TryRemove(viewer, out _);
            return;
        }
        if (card is null)
        {
            if (cards.TryRemove(viewer, out _))
                Send(viewer, Subjects.House(viewer, room.Value), HouseAnswers.Closed(room));
            return;
        }
        if (cards.TryGetValue(viewer, out var before) && before == card)
            return;
        cards[viewer] = card;
        Send(viewer, Subjects.House(viewer, room.Value), HouseAnswers.Told(card));
    }

    /// <summary>A friend is there now.</summary>
    public void Tell(PersonId viewer, FriendHere friend)
    {
        if (!sessions.IsLive(viewer.Value))
        {
            placed.TryRemove((viewer, friend.Person), out _);
            return;
        }
        if (placed.TryGetValue((viewer, friend.Person), out var before) && before == friend)
            return;
        if (placed.Count > MostHeld)
            placed.Clear();
        placed[(viewer, friend.Person)] = friend;
        Send(viewer, Subjects.House(viewer, friend.Person.Value), HouseAnswers.Told(friend));
    }

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
