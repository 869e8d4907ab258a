using System.Security.Cryptography;
using System.Text;
using Chat.Domain.Deciding;
using Chat.Protocol.Stored;
using Xunit;

namespace Chat.Domain.Tests.Stored;

/// <summary>Every past that was stored once folds to what it folded to, event for event.</summary>
public sealed class PastTests
{
    /// <summary>A type that no past has makes another one; the earlier ones stay as they are.</summary>
    [Fact]
    public void EveryTypeIsInSomePast()
    {
        var known = Golden.Pasts.SelectMany(File.ReadLines).Select(line => line.Split(' ', 3)[1]).ToHashSet();
        if (EventTypes.All.Any(type => !known.Contains(type.Name)))
            Golden.Keep(Pasts.Make());
    }

    /// <summary>
    /// If this fails, what people did long ago comes to something else now. Is it meant? Then raise
    /// <see cref="StoredSnapshots.FoldVersion"/>, delete the golden file, and say in CHANGELOG.md what it changes.
    /// </summary>
    [Fact]
    public void EveryPastFoldsToWhatItDid()
    {
        Assert.NotEmpty(Golden.Pasts);
        foreach (var past in Golden.Pasts)
            Golden.Holds(
                Path.GetFileNameWithoutExtension(past),
                string.Concat(Pasts.Read(past).Select(stream => $"{stream.Key} {Folded(stream)}\n")),
                "pasts"
            );
    }

    [Fact]
    public void ADigestIsOfAllThatAStateHolds()
    {
        foreach (var stream in Pasts.Read(Golden.Pasts[0]))
        {
            var states = States(stream).Select(Canonical.Of).Distinct().Count();
            Assert.True(states > stream.Count() / 3, $"{stream.Key}: {states} of {stream.Count()} differ");
        }
    }

    // How many events, and a digest over the states after each of them.
    private static string Folded(IEnumerable<AnyEvent> events)
    {
        var (count, digest) = (0, new byte[SHA256.HashSizeInBytes]);
        foreach (var state in States(events))
        {
            digest = SHA256.HashData([.. digest, .. Encoding.UTF8.GetBytes(Canonical.Of(state))]);
            count++;
        }
        return $"{count} {Convert.ToHexStringLower(digest)}";
    }

    private static IEnumerable<object> States(IEnumerable<AnyEvent> events)
    {
        AnyStream? stream = null;
        foreach (var happened in events)
        {
            stream = (stream ?? Pasts.FreshOf(happened)).Evolve(happened);
            yield return stream.State;
        }
    }
}
