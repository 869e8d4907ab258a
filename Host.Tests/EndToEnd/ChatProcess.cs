using System.Diagnostics;
using System.Text;
using Chat.Host.Operate;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>
/// A verb of the host as a process of its own: started as a user starts it, and killed as no user should.
/// </summary>
public sealed class ChatProcess : IAsyncDisposable
{
    private static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "Chat.Host.dll");
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly StringBuilder output = new();

    private ChatProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>All that it has said so far, on both channels.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public static Task<ChatProcess> StartAsync(params string[] arguments) => StartAsync(arguments, []);

    private static async Task<ChatProcess> StartAsync(string[] arguments, Dictionary<string, string> environment)
    {
        string[] command = ["dotnet", Dll, .. arguments];
        // Should the tests themselves be killed, the host must not stay behind.
        string[] guarded = File.Exists("/usr/bin/setpriv")
            ? ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--", .. command]
            : command;
        var start = new ProcessStartInfo(guarded[0], guarded[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Servers.NatsServer() is { } program)
            start.Environment[Binaries.NatsVariable] = program;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new ChatProcess(await Launcher.StartAsync(start));
    }

    /// <summary>Starts <c>up</c>, and returns when it takes requests.</summary>
    public static Task<ChatProcess> UpAsync(params string[] arguments) => UpAsync(arguments, []);

    /// <summary>The same, with some variables of the environment besides.</summary>
    public static async Task<ChatProcess> UpAsync(string[] arguments, Dictionary<string, string> environment)
    {
        var up = await StartAsync(["up", .. arguments], environment);
        try
        {
            await up.SaysAsync("Chat is up.", StartPatience);
            return up;
        }
        catch
        {
            await up.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using var verb = await StartAsync(arguments);
        var code = await verb.EndsAsync();
        return (code, verb.Output);
    }

    /// <summary>Waits until it has said something.</summary>
    public async Task SaysAsync(string words, TimeSpan patience)
    {
        for (var since = Stopwatch.GetTimestamp(); !Output.Contains(words, StringComparison.Ordinal); )
        {
            if (HasExited || Stopwatch.GetElapsedTime(since) > patience)
                throw new InvalidOperationException($"It did not say “{words}” but:\n{Output}");
            await Task.Delay(10);
        }
    }

    /// <summary>Its exit code, once it has ended by itself.</summary>
    public async Task<int> EndsAsync()
    {
        using var patience = new CancellationTokenSource(StartPatience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It does not end:\n{Output}");
        }
        return process.ExitCode;
    }

    public void Send(int signal) => Signals.Send(process.Id, (Signal)signal);

    /// <summary>kill -9, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Signals.Send(process.Id, Signal.Kill);
        await process.WaitForExitAsync();
    }

    /// <summary>Resident memory, in bytes.</summary>
    public long Resident =>
        Environment.SystemPageSize * long.Parse(File.ReadAllText($"/proc/{Id}/statm").Split(' ')[1]);

    /// <summary>The time that it has spent computing.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null)
            lock (output)
                output.AppendLine(line);
    }
}
