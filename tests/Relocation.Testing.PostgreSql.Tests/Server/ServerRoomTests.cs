using Npgsql;
using Relocation.Testing.Files;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.Specification;

namespace Relocation.Testing.PostgreSql.Tests.Server;

/// <summary>Where a server goes, and how far its log may grow.</summary>
public sealed class ServerRoomTests
{
    private const long Megabyte = 1L << 20;
    private const long Gigabyte = 1L << 30;

    [Theory]
    [Case("server-in-memory")]
    [InlineData(4 * Gigabyte, 100 * Gigabyte, "/dev/shm")]
    [InlineData((4 * Gigabyte) - 1, 100 * Gigabyte, "/tmp")]
    [InlineData(Gigabyte, 100 * Gigabyte, "/tmp")]
    [InlineData(64 * Megabyte, 10 * Gigabyte, "/tmp")]
    [InlineData(2 * Gigabyte, Gigabyte, "/dev/shm")]
    [InlineData(0L, 0L, "/tmp")]
    public void Memory_is_chosen_where_a_server_can_grow_or_the_disk_has_less(long memory, long disk, string parent)
    {
        var room = ServerRoom.Choose(memory, "/tmp", disk);

        Assert.Equal(parent, room.Parent);
        Assert.Equal(parent == "/tmp" ? disk : memory, room.Free);
    }

    [Fact]
    public void Folder_for_temporary_files_is_chosen_where_there_is_none_in_memory() =>
        Assert.Equal(("/var/tmp", Gigabyte), (ServerRoom.Choose(null, "/var/tmp", Gigabyte).Parent, ServerRoom.Choose(null, "/var/tmp", Gigabyte).Free));

    [Theory]
    [Case("server-in-memory")]
    [InlineData(0L, 64)]
    [InlineData(Gigabyte, 128)]
    [InlineData(4 * Gigabyte, 512)]
    [InlineData(32 * Gigabyte, 4096)]
    [InlineData(1024 * Gigabyte, 4096)]
    public void Log_takes_an_eighth_of_the_room_within_bounds(long free, int megabytes)
    {
        var room = new ServerRoom("/tmp", "it is", free);

        Assert.Equal(megabytes, room.LogMegabytes);
        Assert.Contains($"max_wal_size={megabytes}MB", PostgreSqlServer.Settings("/tmp/server", 1, room));
    }

    [Theory]
    [InlineData(1, 200)]
    [InlineData(180, 200)]
    [InlineData(181, 201)]
    [InlineData(960, 980)]
    public void Server_takes_what_its_users_may_open_and_200_connections_at_least(int asked, int taken) =>
        Assert.Contains($"max_connections={taken}", PostgreSqlServer.Settings("/tmp/server", asked, new ServerRoom("/tmp", "it is", 0)));

    [Fact]
    public void Memory_that_is_left_is_what_the_machine_and_its_control_group_have()
    {
        Assert.Equal(3L << 10, MachineMemory.OfMachine("MemTotal:  9 kB\nMemFree:   1 kB\nMemAvailable:   3 kB\n"));
        Assert.Equal(long.MaxValue, MachineMemory.OfMachine(string.Empty));
        Assert.Equal(long.MaxValue, MachineMemory.OfGroup("max\n", "5\n", string.Empty, "inactive_file"));
        Assert.Equal(long.MaxValue, MachineMemory.OfGroup(string.Empty, string.Empty, string.Empty, "inactive_file"));
        Assert.Equal(60, MachineMemory.OfGroup("100\n", "70\n", "anon 20\ninactive_file 30\n", "inactive_file"));
        Assert.Equal(0, MachineMemory.OfGroup("100\n", "170\n", string.Empty, "inactive_file"));
    }

    [Fact]
    public void Room_of_a_folder_that_is_not_there_is_that_of_the_one_above_it()
    {
        var there = FolderRoom.Of("/");

        var room = FolderRoom.Of($"/nowhere-{Guid.NewGuid():N}/below");

        Assert.Equal(("/", there.Size), (room.FileSystem, room.Size));
        Assert.InRange(room.Free, 1, room.Size);
    }

    [Fact]
    public async Task Advice_for_a_statement_that_found_the_disk_full_names_the_folder_of_our_server()
    {
        PostgreSqlServerTests.RequirePrograms();
        var cancel = TestContext.Current.CancellationToken;
        var server = await SharedPostgreSqlServer.OfProcess.UseAsync(cancel);
        try
        {
            var fault = PostgreSqlFaults.Of("53100", "could not extend file");
            await using var ours = new NpgsqlConnection(server.ConnectionString);
            await using var another = new NpgsqlConnection("Host=elsewhere;Username=postgres");

            Assert.Contains(
                $"It is the throw-away server of this process: its folder '{server.Folder}' is on the file system '",
                PostgreSqlEngine.Instance.Placed(fault, ours).Advice,
                StringComparison.Ordinal);
            Assert.Equal(fault, PostgreSqlEngine.Instance.Placed(fault, another));
        }
        finally
        {
            await SharedPostgreSqlServer.OfProcess.ReleaseAsync(server);
        }
    }

    [Fact]
    public void Message_about_a_full_disk_names_the_folder_who_has_chosen_it_and_what_helps()
    {
        var room = new FolderRoom("/dev/shm/relocation-pg-1", "/dev/shm", 0, 64 * Megabyte);
        var place = $"{room}; {ServerRoom.Choose(5 * Gigabyte, "/tmp", 0).Reason}";

        // A full disk takes no log.
        foreach (var log in (string[])["", "cp: error writing 'x': No space left on device"])
        {
            var message = ServerErrors.ServerEnded(log, room, place).Message;

            Assert.Contains(
                "The server's folder '/dev/shm/relocation-pg-1' is on the file system '/dev/shm', where 0 MB of 64 MB are free; "
                + "/dev/shm was chosen, as it is in memory and had 5120 MB free. "
                + "A server takes 40 MB and grows with its databases. Make room there, let TMPDIR lead",
                message,
                StringComparison.Ordinal);
            Assert.Contains("RELOCATION_TEST_POSTGRES", message, StringComparison.Ordinal);
        }

        Assert.Contains(
            "where 0 MB of 64 MB are free. Make room there, or let RELOCATION_CACHE lead to another folder.",
            ServerErrors.ClusterNotMade(room, new PostgreSqlUnavailableException("It failed.")).Message,
            StringComparison.Ordinal);
    }
}
