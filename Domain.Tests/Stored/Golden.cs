using System.Runtime.CompilerServices;
using Xunit;

namespace Chat.Domain.Tests.Stored;

/// <summary>Files that say what was once stored, and must be readable for ever.</summary>
internal static class Golden
{
    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "Golden", "stored");

    public static string[] Files => Directory.GetFiles(Folder(), "*.golden");

    /// <summary>
    /// Compares; a file that is not there yet is written and the test fails once, so that it is looked at.
    /// </summary>
    public static void Holds(string name, string text)
    {
        var file = Path.Combine(Folder(), name + ".golden");
        if (File.Exists(file))
        {
            Assert.Equal(File.ReadAllText(file), text);
            return;
        }
        Directory.CreateDirectory(Folder());
        File.WriteAllText(file, text);
        Assert.Fail($"{name}.golden was written: look at it, keep it, and run again");
    }
}
