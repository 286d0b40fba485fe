using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>A connection that counts the statements that are sent through it.</summary>
internal sealed class CountingConnection(DbConnection inner) : DbConnection
{
    internal int Statements { get; private set; }

    /// <summary>Hears the number of each statement before it runs.</summary>
    internal Action<int>? BeforeStatement { get; set; }

    /// <summary>What others do right after a transaction of this connection is committed, before who commits it knows.</summary>
    internal Func<Task>? AfterCommit { get; set; }

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Close() => inner.Close();

    public override void Open() => inner.Open();

    private void Count()
    {
        Statements++;
        BeforeStatement?.Invoke(Statements);
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new CountingTransaction(this, inner.BeginTransaction(isolationLevel));

    protected override DbCommand CreateDbCommand() => new CountingCommand(this, inner.CreateCommand());

    private sealed class CountingTransaction(CountingConnection connection, DbTransaction transaction) : DbTransaction
    {
        internal DbTransaction Inner => transaction;

        public override IsolationLevel IsolationLevel => transaction.IsolationLevel;

        protected override DbConnection DbConnection => connection;

        public override void Commit() => transaction.Commit();

        public override async Task CommitAsync(CancellationToken cancellationToken = default)
        {
            await transaction.CommitAsync(cancellationToken);
            await (connection.AfterCommit?.Invoke() ?? Task.CompletedTask);
        }

        public override void Rollback() => transaction.Rollback();

        protected override void Dispose(bool disposing)
        {
            transaction.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class CountingCommand(CountingConnection connection, DbCommand command) : DbCommand
    {
        private DbTransaction? _transaction;

        [AllowNull]
        public override string CommandText
        {
            get => command.CommandText;
#pragma warning disable CA2100 // What is counted is passed on as it is.
            set => command.CommandText = value;
#pragma warning restore CA2100
        }

        public override int CommandTimeout
        {
            get => command.CommandTimeout;
            set => command.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => command.CommandType;
            set => command.CommandType = value;
        }

        public override bool DesignTimeVisible
        {
            get => command.DesignTimeVisible;
            set => command.DesignTimeVisible = value;
        }

        public override UpdateRowSource UpdatedRowSource
        {
            get => command.UpdatedRowSource;
            set => command.UpdatedRowSource = value;
        }

        protected override DbConnection? DbConnection
        {
            get => connection;
            set => throw new NotSupportedException();
        }

        protected override DbParameterCollection DbParameterCollection => command.Parameters;

        protected override DbTransaction? DbTransaction
        {
            get => _transaction;
            set
            {
                _transaction = value;
                command.Transaction = (value as CountingTransaction)?.Inner;
            }
        }

        public override void Cancel() => command.Cancel();

        public override int ExecuteNonQuery()
        {
            connection.Count();
            return command.ExecuteNonQuery();
        }

        public override object? ExecuteScalar()
        {
            connection.Count();
            return command.ExecuteScalar();
        }

        public override void Prepare() => command.Prepare();

        protected override DbParameter CreateDbParameter() => command.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            connection.Count();
            return command.ExecuteReader(behavior);
        }

        protected override void Dispose(bool disposing)
        {
            command.Dispose();
            base.Dispose(disposing);
        }
    }
}
