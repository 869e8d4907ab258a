using Chat.Domain.Pairs;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>Friendship and block.</summary>
public static class ChatFriends
{
    /// <summary>
    /// Changes something between oneself and another. With an id of one's own it can be asked again at any time, and
    /// takes effect once.
    /// </summary>
    public static Task<Either<Refusal, SilentReceipt>> ChangeFriendAsync(
        this ChatClient client,
        Command command,
        ClientId? id = null,
        CancellationToken stop = default
    )
    {
        var (area, other, verb) = PairRequests.AddressOf(command);
        return client.AskAsync(area, other, verb, PairRequests.Of(id ?? ChatClient.NewId()), PairAnswers.Receipt, stop);
    }

    /// <summary>What one said of oneself, and who may reach one.</summary>
    public static Task<Either<Refusal, SelfEntry>> SelfAsync(
        this ChatClient client,
        CancellationToken stop = default
    ) => client.AskAsync("person", Protocol.Subjects.Nothing, "self", [], PeopleAnswers.Self, stop);

    /// <summary>A page of friends, requests and whom one has blocked, in order of their ids.</summary>
    public static Task<Either<Refusal, FriendsPage>> FriendsAsync(
        this ChatClient client,
        PersonId? after = null,
        int limit = Requests.MaxMembersPage,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "friend",
            Protocol.Subjects.Nothing,
            "list",
            AskBodies.Page(after?.Value, limit),
            PairAnswers.Friends,
            stop
        );
}
