namespace Chat.Host.Operate;

/// <summary>
/// The two folders that a database can lie in, and which of them is the primary's. That is written down before a
/// standby is promoted, so that what a dead primary left is never served again.
/// </summary>
/// <param name="data">The data folder.</param>
internal sealed class PostgresFolders(string data)
{
    private static readonly string[] Names = ["postgres", "postgres-2"];

    private string Note => Path.Combine(data, "postgres.primary");

    /// <summary>0 or 1.</summary>
    public int Primary => File.Exists(Note) ? System.Array.IndexOf(Names, File.ReadAllText(Note).Trim()) : 0;

    public string this[int which] => Path.Combine(data, Names[which]);

    public string LogFile(int which) => this[which] + ".log";

    public static string NameOf(int which) => Names[which];

    public void Choose(int which) => PrivateFile.Write(Note, Names[which] + "\n");

    /// <summary>An empty database must never take the place of one that was there.</summary>
    public int RequirePrimary()
    {
        var primary = Primary;
        if (primary < 0)
        {
            throw new StartFailure(
                $"{Note} names no folder of a database.",
                $"Write {Names[0]} or {Names[1]} into it."
            );
        }

        var other = 1 - primary;
        return Directory.Exists(this[primary]) || !Directory.Exists(this[other])
            ? primary
            : throw new StartFailure(
                $"The database is in {this[primary]}, and that folder is gone; {this[other]} is there.",
                $"Bring it back, or go on with the other: write {Names[other]} into {Note}."
            );
    }
}
