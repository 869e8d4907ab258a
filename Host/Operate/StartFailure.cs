namespace Chat.Host.Operate;

/// <summary>
/// Why the chat could not start, in words for the person who started it, and what they can do about it.
/// </summary>
public sealed class StartFailure(string message, string whatToDo, Exception? cause = null) : Exception(message, cause)
{
    public string WhatToDo { get; } = whatToDo;

    public override string ToString() => $"{Message}\n  {WhatToDo}";

    /// <summary>
    /// Runs what touches the data folder and says plainly when the disk or its rights are the matter.
    /// </summary>
    internal static T Touching<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartFailure(
                $"{path} cannot be written: {e.Message}",
                "Make it writable for this user, or choose another data folder.",
                e
            );
        }
        catch (IOException e)
        {
            throw new StartFailure(
                $"{path} cannot be written: {e.Message}",
                "Look for free space (df -h) and a writable file system, or choose another data folder.",
                e
            );
        }
    }
}
