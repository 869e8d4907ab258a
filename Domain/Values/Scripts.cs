using System.Globalization;
using System.Text;

namespace Chat.Domain.Values;

/// <summary>
/// Whether a name could pass for another: after the level “highly restrictive” of Unicode's UTS 39, with its own table
/// of the scripts that share shapes. A name that is wholly of one script and looks like one of another is not found.
/// </summary>
internal static class Scripts
{
    private const int Latin = 1;
    private const int Han = 2;
    private const int Kana = 3;
    private const int Bopomofo = 4;
    private const int Hangul = 5;
    private const int MostMarks = 4;

    // Further scripts need no name: they stand with nothing but themselves. Each of these begins where it says, up to
    // and including its end.
    private static readonly Listing<(int From, int Until, int Script)> Ranges =
    [
        (0x0041, 0x02AF, Latin),
        (0x1E00, 0x1EFF, Latin),
        (0x2C60, 0x2C7F, Latin),
        (0xA720, 0xA7FF, Latin),
        (0x0370, 0x03FF, 10),
        (0x1F00, 0x1FFF, 10),
        (0x0400, 0x052F, 11),
        (0x1C80, 0x1C8F, 11),
        (0xA640, 0xA69F, 11),
        (0x0530, 0x058F, 12),
        (0x0590, 0x05FF, 13),
        (0x0600, 0x06FF, 14),
        (0x0750, 0x077F, 14),
        (0x08A0, 0x08FF, 14),
        (0x10A0, 0x10FF, 15),
        (0x1C90, 0x1CBF, 15),
        (0x13A0, 0x13FF, 16),
        (0xAB70, 0xABBF, 16),
        (0x1100, 0x11FF, Hangul),
        (0xAC00, 0xD7FF, Hangul),
        (0x3005, 0x3007, Han),
        (0x3040, 0x30FF, Kana),
        (0x31F0, 0x31FF, Kana),
        (0x3100, 0x312F, Bopomofo),
        (0x31A0, 0x31BF, Bopomofo),
        (0x3400, 0x4DBF, Han),
        (0x4E00, 0x9FFF, Han),
        (0x20000, 0x3FFFF, Han),
    ];

    /// <summary>The rule that a name breaks; null if it is fine.</summary>
    public static string? FaultOf(string name)
    {
        var scripts = Set<int>();
        var (marks, before) = (0, new Rune(' '));
        foreach (var rune in name.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark && ++marks > MostMarks)
                return "at most four marks over one letter";
            if (category is not UnicodeCategory.NonSpacingMark)
                marks = 0;
            if (IsUnseen(rune, category, before))
                return "nothing that cannot be seen";
            if (Rune.IsLetter(rune))
            {
                if (rune.ToString().Normalize(NormalizationForm.FormKC) != rune.ToString())
                    return "no letter that is another in disguise";
                scripts = scripts.AddOrUpdate(ScriptOf(rune));
            }
            before = rune;
        }
        return StandTogether(scripts) ? null : "letters of one script";
    }

    // A joiner holds an emoji together, or the letters of a script that needs it: never Latin ones.
    private static bool IsUnseen(Rune rune, UnicodeCategory category, Rune before) =>
        category switch
        {
            UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            UnicodeCategory.SpaceSeparator => rune.Value != ' ',
            UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D) || before.Value < 0x0590,
            _ => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0,
        };

    private static int ScriptOf(Rune letter)
    {
        foreach (var (from, until, script) in Ranges)
            if (from <= letter.Value && letter.Value <= until)
                return script;
        // By its block of 128: scripts do not share one, and few have more.
        return 1_000 + (letter.Value >> 7);
    }

    private static bool StandTogether(Set<int> scripts) =>
        scripts.Count < 2
        || scripts.IsSubsetOf(Set(Latin, Han, Kana))
        || scripts.IsSubsetOf(Set(Latin, Han, Bopomofo))
        || scripts.IsSubsetOf(Set(Latin, Han, Hangul));
}
