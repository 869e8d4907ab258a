using System.Text;
using Chat.Domain.Values;
using Chat.Host.Import;
using Chat.Protocol;
using Xunit;

namespace Chat.Host.Tests.Import;

public class NamesTests
{
    [Theory]
    [InlineData("ann", "ann")]
    [InlineData("ann-2_b", "ann-2_b")]
    [InlineData("_ann", "_X2Fubg")]
    [InlineData("-", "_LQ")]
    [InlineData("ann|away", "_YW5ufGF3YXk")]
    [InlineData("大", "_5aSn")]
    public void A_plain_token_stays_and_anything_else_is_encoded(string subject, string person) =>
        Assert.Equal(PersonId.Of(person), Names.PersonOf(subject));

    [Fact]
    public void Names_of_any_length_are_tokens_of_their_own()
    {
        var names = Enumerable
            .Range(1, 200)
            .SelectMany(n =>
                new[] { new string('a', n), new string('|', n), new string('é', n), "_" + new string('a', n) }
            );
        AssertInjective([.. names]);
    }

    [Fact]
    public void What_looks_encoded_is_encoded_itself()
    {
        // Each further round names what the one before made, plain, behind one underscore and behind two.
        var names = new List<string> { "ann", "ann|", "|", new string('|', 48), new string('|', 47) };
        for (var round = 0; round < 4; round++)
            names.AddRange(names.Select(name => Names.PersonOf(name)!.Value.Value).Except(names).ToArray());
        AssertInjective(names);
    }

    [Fact]
    public void Random_names_never_meet()
    {
        var dice = new Random(20_041_115);
        const string alphabet = "ab_-|[A{é大\U0001F375 ";
        var runes = alphabet.EnumerateRunes().ToArray();
        var names = Enumerable.Range(0, 20_000).Select(_ => Word()).ToHashSet(StringComparer.Ordinal);
        AssertInjective([.. names]);

        string Word() =>
            string.Concat(Enumerable.Range(0, dice.Next(1, 30)).Select(_ => runes[dice.Next(runes.Length)]));
    }

    [Fact]
    public void What_is_no_text_names_nobody()
    {
        Assert.Null(Names.PersonOf(""));
        Assert.Null(Names.PersonOf("a\uD800"));
    }

    [Fact]
    public void A_nick_is_one_person_however_it_is_written()
    {
        Assert.Equal(Nick.PersonOf("ann"), Nick.PersonOf("ANN"));
        Assert.Equal(Nick.PersonOf("ann|[]~"), Nick.PersonOf("Ann\\{}^"));
        Assert.NotEqual(Script.Importer, Nick.PersonOf(Script.Importer.Value));
    }

    private static void AssertInjective(IReadOnlyCollection<string> names)
    {
        var people = names.Select(name => Names.PersonOf(name)!.Value).ToHashSet();
        Assert.Equal(names.Count, people.Count);
        Assert.All(people, person => Assert.True(Token.IsValid(person.Value)));
    }
}
