using System.Globalization;
using Npgsql;

namespace Chat.Host.Operate;

/// <summary>
/// A PostgreSQL cluster in a folder: made once, with checksums; on loopback only; passwords by SCRAM. One of two has a
/// twin, on another port.
/// </summary>
internal sealed class PostgresCluster(
    string programs,
    int major,
    string folder,
    string logFile,
    int port,
    Secrets secrets,
    int? twin = null
) : IServer
{
    public const string Admin = "postgres";
    public const string Role = "chat";
    public const string Database = "chat";

    private PostgresUser _user = new([]);

    public string Name => "PostgreSQL";

    public string LogFile => logFile;

    public string Folder => folder;

    public int Port => port;

    // Fast: sessions are ended, what was committed is kept. (SIGTERM would wait for them.)
    public Signal StopSignal => Signal.Interrupt;

    public TimeSpan StopPatience => TimeSpan.FromSeconds(30);

    public IReadOnlyList<string> Command => [.. _user.Prefix, Path.Combine(programs, "postgres"), "-D", folder];

    public string ConnectionString => Connect(Role, secrets.PostgresPassword, Database);

    public string AdminConnectionString => Connect(Admin, secrets.PostgresAdminPassword, "postgres");

    public async Task PrepareAsync(CancellationToken cancel)
    {
        await PostgresLeftover.StopAsync(folder, cancel);
        if (!File.Exists(Path.Combine(folder, "PG_VERSION")))
        {
            await InitialiseAsync(cancel);
        }

        var made = File.ReadAllText(Path.Combine(folder, "PG_VERSION")).Trim();
        if (made != major.ToString(CultureInfo.InvariantCulture))
        {
            throw new StartFailure(
                $"The data in {folder} was made by PostgreSQL {made}, and {programs} holds version {major}.",
                $"Name version {made} with {Binaries.PostgresVariable}, or upgrade the data with pg_upgrade."
            );
        }

        _user = await PostgresUser.ForAsync(folder, cancel);
        WriteSettings(folder);
        Ports.RequireFree(port, Name, "--postgres-port");
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(AdminConnectionString);
            await connection.OpenAsync(cancel);
            await PostgresReplication.PromoteAsync(connection, cancel);
            await PostgresDatabase.EnsureAsync(connection, Role, secrets.PostgresPassword, Database, cancel);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword)
        {
            throw new StartFailure(
                $"The cluster in {folder} has another password than the one in the secrets folder.",
                "Restore the secrets that belong to it.",
                e
            );
        }
        catch (PostgresException e) when (e.SqlState is not PostgresErrorCodes.CannotConnectNow)
        {
            throw (e.SqlState == PostgresErrorCodes.DiskFull ? NoRoom() : Explain(e.MessageText))
                ?? new StartFailure(
                    $"PostgreSQL refuses to prepare the database: {e.MessageText}",
                    $"See {logFile}.",
                    e
                );
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public StartFailure? Explain(string lastWords) =>
        lastWords.Contains("No space left on device", StringComparison.Ordinal) ? NoRoom() : null;

    private StartFailure NoRoom() =>
        new("The disk is full, and PostgreSQL cannot start.", $"Make room for {folder} (df -h).");

    // Sessions of a postmaster that was killed notice it a moment later.
    public bool IsPassing(string lastWords) =>
        lastWords.Contains("pre-existing shared memory block", StringComparison.Ordinal);

    private string Connect(string user, string password, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = user,
            Password = password,
            Database = database,
            Timeout = 5,
            Pooling = user != Admin,
            IncludeErrorDetail = false,
            // What is prepared before there is a standby cannot wait for one, and is prepared at every start.
            Options = user == Admin && twin is not null ? "-c synchronous_commit=local" : null,
        }.ConnectionString;

    // Beside, then renamed: an initdb that was cut short leaves nothing that looks like a cluster.
    private async Task InitialiseAsync(CancellationToken cancel)
    {
        var (fresh, passwordFile) = (folder + ".new", folder + ".password");
        StartFailure.Touching(
            folder,
            () =>
            {
                if (Directory.Exists(fresh))
                {
                    Directory.Delete(fresh, recursive: true);
                }

                PrivateFile.CreateFolder(fresh);
                PrivateFile.Write(passwordFile, secrets.PostgresAdminPassword);
                return true;
            }
        );
        await PostgresUser.OwnAsync(fresh, cancel);
        await PostgresUser.OwnAsync(passwordFile, cancel);
        var user = await PostgresUser.ForAsync(fresh, cancel);
        string[] options = ["--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256"];
        string[] command =
        [
            Path.Combine(programs, "initdb"),
            "-D",
            fresh,
            "-U",
            Admin,
            $"--pwfile={passwordFile}",
            .. options,
        ];
        var (code, output) = await Launcher.RunAsync([.. user.Prefix, .. command], cancel);
        File.Delete(passwordFile);
        if (code != 0)
        {
            throw Explain(output)
                ?? new StartFailure(
                    $"PostgreSQL's data folder could not be made:\n{output.Trim()}",
                    $"Look at {folder}."
                );
        }

        Directory.Move(fresh, folder);
    }

    private void WriteSettings(string target)
    {
        var path = Path.Combine(target, "postgresql.conf");
        const UnixFileMode Readable =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        StartFailure.Touching(
            path,
            () =>
            {
                PrivateFile.Write(path, PostgresSettings.Render(port, twin), Readable);
                return true;
            }
        );
    }
}
