using Chat.Domain.Committing;
using Chat.Domain.People;
using Chat.Protocol;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>What one keeps to oneself, and who does not.</summary>
public static class ChatPrivacy
{
    /// <summary>
    /// Says who may reach one and who learns what of one; null leaves it as it is. With an id of one's own it can be
    /// asked again at any time, and takes effect once.
    /// </summary>
    public static Task<Either<Refusal, Receipt>> KeepAsync(
        this ChatClient client,
        Command.SetPrivacy privacy,
        ClientId? id = null,
        CancellationToken stop = default
    ) => client.ChangeSelfAsync(privacy, id, stop);

    /// <summary>
    /// Who is called so, of whom one may find: by their whole handle, or by how words of their name begin. Friends
    /// first, at most <see cref="Finding.Most"/>.
    /// </summary>
    public static Task<Either<Refusal, Listing<PersonEntry>>> FindAsync(
        this ChatClient client,
        SearchWords words,
        int limit = Finding.Most,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "person",
            Subjects.Nothing,
            "find",
            PeopleRequests.Find(words, limit),
            PeopleAnswers.People,
            stop
        );
}
