using System.Runtime.CompilerServices;
using Xunit;

namespace Chat.Domain.Tests.Stored;

/// <summary>Files that say what was once stored, and must be readable for ever.</summary>
internal static class Golden
{
    private static string Folder(string name = "stored", [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "Golden", name);

    public static string[] Files => Directory.GetFiles(Folder(), "*.golden");

    /// <summary>Whole pasts, as they were stored once.</summary>
    public static string[] Pasts =>
        [.. Directory.GetFiles(Directory.CreateDirectory(Folder("pasts")).FullName, "*.past").Order()];

    /// <summary>
    /// Compares; a file that is not there yet is written and the test fails once, so that it is looked at.
    /// </summary>
    public static void Holds(string name, string text, string folder = "stored")
    {
        var file = Path.Combine(Folder(folder), name + ".golden");
        if (File.Exists(file))
        {
            Assert.Equal(File.ReadAllText(file), text);
            return;
        }
        Directory.CreateDirectory(Folder(folder));
        File.WriteAllText(file, text);
        Assert.Fail($"{name}.golden was written: look at it, keep it, and run again");
    }

    /// <summary>Keeps one more past, under the next number.</summary>
    public static void Keep(IEnumerable<string> past)
    {
        var file = Path.Combine(Folder("pasts"), $"{Pasts.Length + 1}.past");
        File.WriteAllLines(file, past);
        Assert.Fail($"{Path.GetFileName(file)} was written: keep it, and run again");
    }
}
