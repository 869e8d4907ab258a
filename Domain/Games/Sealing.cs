using System.Buffers.Binary;

namespace Chat.Domain.Games;

/// <summary>
/// Commit and reveal: digests that tell nothing before what is in them is shown, and allow nothing else to be shown
/// after. Where a game is played and its number are part of each, so that none can be used for another game.
/// </summary>
public static class Sealing
{
    /// <summary>What the host says before anybody else says anything: a digest of its secret.</summary>
    public static Bits256 Commit(string place, long number, Secret secret) =>
        Datum.Hash("commitment", Text(place), Whole(number), Bits(secret.Value));

    /// <summary>
    /// What a player says before anybody shows anything: a digest of their contribution, which only they can show.
    /// </summary>
    public static Bits256 Seal(string place, long number, PersonId person, Bits256 contribution) =>
        Datum.Hash("seal", Text(place), Whole(number), Text(person.Value), Bits(contribution));

    /// <summary>What all chance of a game comes from: the host's secret, and what each player contributed.</summary>
    /// <param name="place">Where it is played.</param>
    /// <param name="number">The number of the game there.</param>
    /// <param name="secret">The host's secret.</param>
    /// <param name="contributions">What was shown, whoever of them still plays.</param>
    public static Secret Seed(string place, long number, Secret secret, Map<PersonId, Bits256> contributions) =>
        new(
            Datum.Hash(
                "seed",
                Text(place),
                Whole(number),
                Bits(secret.Value),
                new Datum.Items(
                    Listing.From(contributions.AsEnumerable().Select(one => Pair(Text(one.Key.Value), Bits(one.Value))))
                )
            )
        );

    /// <summary>The first link, before any entry.</summary>
    public static Bits256 FirstLink(string place, long number) => Datum.Hash("chain", Text(place), Whole(number));

    /// <summary>
    /// The link after one more entry. The entry is salted by the secret, so that nobody can try out what a hidden one
    /// may say before the game has ended.
    /// </summary>
    public static Bits256 Link(Bits256 before, Secret secret, long index, Datum entry)
    {
        var salt = Datum.Hash("salt", Bits(secret.Value), Whole(index));
        return Datum.Hash("link", Bits(before), Bits(Datum.Hash("entry", Bits(salt), entry)));
    }

    /// <summary>
    /// A permutation of 0 … <paramref name="count"/> − 1: Fisher–Yates from the end, each step taking the next number
    /// below the rest.
    /// </summary>
    /// <remarks>
    /// SHA-256 in counter mode gives eight numbers of 32 bits a block, the most significant byte first; a number in
    /// the last, incomplete stretch of the range is passed over, so that none is likelier than another.
    /// </remarks>
    public static Listing<int> Shuffle(Secret seed, string purpose, int count)
    {
        var order = Enumerable.Range(0, Math.Max(0, count)).ToArray();
        var (block, drawn) = (default(Bits256), 0L);
        for (var last = order.Length - 1; last > 0; last--)
        {
            var bound = (uint)(last + 1);
            var beyond = uint.MaxValue - (uint.MaxValue % bound + 1) % bound;
            uint number;
            do
            {
                if (drawn % 8 == 0)
                    block = Datum.Hash("dice", Bits(seed.Value), Text(purpose), Whole(drawn / 8));
                number = Number(block, (int)(drawn++ % 8));
            } while (number > beyond);
            var other = (int)(number % bound);
            (order[last], order[other]) = (order[other], order[last]);
        }
        return Listing.Of<int>(order);
    }

    private static uint Number(Bits256 block, int at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, at < 4 ? block.High : block.Low);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * (at % 4))..]);
    }

    private static Datum.Text Text(string value) => new(value);

    private static Datum.Whole Whole(long value) => new(value);

    private static Datum.Text Bits(Bits256 value) => new(value.ToString());

    private static Datum Pair(Datum one, Datum other) => new Datum.Items([one, other]);
}
