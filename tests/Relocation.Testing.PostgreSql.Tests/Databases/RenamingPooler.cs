using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

/// <summary>Stands before a server as poolers do, and knows one of its databases by another name.</summary>
internal sealed class RenamingPooler : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly (string Alias, string Real) _names;
    private readonly Task _work;

    internal RenamingPooler(string server, string alias, string real)
    {
        _server = new NpgsqlConnectionStringBuilder(server);
        _names = (alias, real);
        _listener.Start();
        _work = AcceptAsync();
    }

    /// <summary>A connection string of the database by its other name.</summary>
    internal string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        Database = _names.Alias,
        Pooling = false,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ToString();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var sessions = new List<Task>();
        try
        {
            while (true)
            {
                sessions.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(sessions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var isSocket = _server.Host!.StartsWith('/');
            using var socket = new Socket(isSocket ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(
                isSocket
                    ? new UnixDomainSocketEndPoint($"{_server.Host}/.s.PGSQL.{_server.Port}")
                    : new IPEndPoint((await Dns.GetHostAddressesAsync(_server.Host, AddressFamily.InterNetwork, _end.Token))[0], _server.Port),
                _end.Token);
            await using var above = client.GetStream();
            await using var below = new NetworkStream(socket, ownsSocket: false);
            await StartAsync(above, below);
            await Task.WhenAny(above.CopyToAsync(below, _end.Token), below.CopyToAsync(above, _end.Token));
        }
    }

    /// <summary>The first message says which database is meant: its length, the protocol, and texts that each end with a zero.</summary>
    private async Task StartAsync(NetworkStream above, NetworkStream below)
    {
        var head = new byte[8];
        await above.ReadExactlyAsync(head, _end.Token);
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head) - head.Length];
        await above.ReadExactlyAsync(body, _end.Token);
        var renamed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace(
            $"database\0{_names.Alias}\0", $"database\0{_names.Real}\0", StringComparison.Ordinal));
        BinaryPrimitives.WriteInt32BigEndian(head, head.Length + renamed.Length);
        await below.WriteAsync((byte[])[.. head, .. renamed], _end.Token);
    }
}
