using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Keys;

namespace Relocation.Testing;

/// <summary>The pk map in the types of the application: asks by entity and old key, answers with the key as the entity holds it.</summary>
/// <remarks>
/// <c>int id = database.Map.New&lt;Order&gt;(42)</c>. Keys may be given as the application holds them (an integer, a Guid, a string, an
/// id of its own), as <see cref="RecordKey"/>, or, where they are composite, as several values or a tuple. Reading is safe from
/// several threads.
/// </remarks>
public sealed class TypedPrimaryKeyMap
{
    private readonly IReadOnlyList<ImportResult> _results;
    private readonly EntityLookup _entities;

    internal TypedPrimaryKeyMap(IReadOnlyList<ImportResult> results, EntityLookup entities)
    {
        _results = results;
        _entities = entities;
    }

    /// <summary>A map of imports into the database of a context.</summary>
    /// <param name="context">The context whose model the imports used; nothing is read from its database.</param>
    /// <param name="results">The imports.</param>
    /// <exception cref="ArgumentException">There is no import.</exception>
    public static TypedPrimaryKeyMap Of(DbContext context, params IReadOnlyList<ImportResult> results)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(results);
        return results.Count == 0
            ? throw new ArgumentException("A map needs the result of an import. Give at least one.", nameof(results))
            : new TypedPrimaryKeyMap(results, new EntityLookup(results[0].Plan.Model, new Lazy<EntityTypes>(() => new EntityTypes(context, null))));
    }

    /// <summary>The key in the database of the row that a record became.</summary>
    /// <typeparam name="TEntity">The record's entity.</typeparam>
    /// <param name="oldKey">The record's key in the backup.</param>
    /// <exception cref="ArgumentException">The model has no such entity, or keys of another kind.</exception>
    /// <exception cref="KeyNotFoundException">No record has that key, or records of several backups do; the message says which there are.</exception>
    public EntityKey New<TEntity>(params object[] oldKey) => New(_entities.Of(typeof(TEntity)), oldKey);

    /// <summary>The key in the database of the row that a record became, as a value of its type.</summary>
    /// <typeparam name="TEntity">The record's entity.</typeparam>
    /// <typeparam name="TKey">The type of the key, or one that holds its values: <see cref="long"/> for <see cref="int"/>, for example.</typeparam>
    /// <param name="oldKey">The record's key in the backup.</param>
    /// <exception cref="ArgumentException">The model has no such entity, or keys of another kind.</exception>
    /// <exception cref="InvalidCastException">The key has several values, or one of another type.</exception>
    /// <exception cref="KeyNotFoundException">No record has that key, or records of several backups do; the message says which there are.</exception>
    public TKey New<TEntity, TKey>(params object[] oldKey)
        where TKey : notnull => New<TEntity>(oldKey).As<TKey>();

    /// <summary>The key in the database of the row that a record became.</summary>
    /// <param name="label">The record's label, for example <c>shop.order</c>.</param>
    /// <param name="oldKey">The record's key in the backup.</param>
    /// <exception cref="ArgumentException">The model has no such label, or keys of another kind.</exception>
    /// <exception cref="KeyNotFoundException">No record has that key, or records of several backups do; the message says which there are.</exception>
    public EntityKey New(string label, params object[] oldKey) => New(_entities.Of(label), oldKey);

    /// <summary>The key in the database of the row that a record became, if it became one.</summary>
    /// <typeparam name="TEntity">The record's entity.</typeparam>
    /// <param name="oldKey">The record's key in the backup.</param>
    /// <param name="newKey">The key in the database.</param>
    /// <exception cref="ArgumentException">The model has no such entity, or keys of another kind.</exception>
    public bool TryNew<TEntity>(object oldKey, out EntityKey newKey) => TryNew(_entities.Of(typeof(TEntity)), oldKey, out newKey);

    /// <summary>The key in the database of the row that a record became, if it became one.</summary>
    /// <param name="label">The record's label, for example <c>shop.order</c>.</param>
    /// <param name="oldKey">The record's key in the backup.</param>
    /// <param name="newKey">The key in the database.</param>
    /// <exception cref="ArgumentException">The model has no such label, or keys of another kind.</exception>
    public bool TryNew(string label, object oldKey, out EntityKey newKey) => TryNew(_entities.Of(label), oldKey, out newKey);

    /// <summary>The key in the backup of the record that became a row; of the first one, where several became one row.</summary>
    /// <typeparam name="TEntity">The row's entity.</typeparam>
    /// <param name="newKey">The row's key.</param>
    /// <exception cref="ArgumentException">The model has no such entity, or keys of another kind.</exception>
    /// <exception cref="KeyNotFoundException">No record became that row.</exception>
    public EntityKey Old<TEntity>(params object[] newKey) => Old(_entities.Of(typeof(TEntity)), newKey);

    /// <summary>The key in the backup of the record that became a row; of the first one, where several became one row.</summary>
    /// <param name="label">The record's label, for example <c>shop.order</c>.</param>
    /// <param name="newKey">The row's key.</param>
    /// <exception cref="ArgumentException">The model has no such label, or keys of another kind.</exception>
    /// <exception cref="KeyNotFoundException">No record became that row.</exception>
    public EntityKey Old(string label, params object[] newKey) => Old(_entities.Of(label), newKey);

    /// <summary>The key in the backup of the record that became a row, if one did.</summary>
    /// <typeparam name="TEntity">The row's entity.</typeparam>
    /// <param name="newKey">The row's key.</param>
    /// <param name="oldKey">The key in the backup.</param>
    /// <exception cref="ArgumentException">The model has no such entity, or keys of another kind.</exception>
    public bool TryOld<TEntity>(object newKey, out EntityKey oldKey) => TryOld(_entities.Of(typeof(TEntity)), newKey, out oldKey);

    /// <summary>The key in the backup of the record that became a row, if one did.</summary>
    /// <param name="label">The record's label, for example <c>shop.order</c>.</param>
    /// <param name="newKey">The row's key.</param>
    /// <param name="oldKey">The key in the backup.</param>
    /// <exception cref="ArgumentException">The model has no such label, or keys of another kind.</exception>
    public bool TryOld(string label, object newKey, out EntityKey oldKey) => TryOld(_entities.Of(label), newKey, out oldKey);

    /// <summary>The record that an entity object's row was made from: its file, line, column and old key.</summary>
    /// <param name="entity">An entity as a context read it; the map looks at its type and its key.</param>
    /// <exception cref="ArgumentException">It is no entity of the model, or its key is kept in a shadow property.</exception>
    /// <exception cref="KeyNotFoundException">No record became that row.</exception>
    public RecordOrigin Origin(object entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var conversion = _entities.Of(entity.GetType());
        return Origin(conversion, conversion.KeyOf(entity));
    }

    /// <summary>The record that a row was made from: its file, line, column and old key.</summary>
    /// <typeparam name="TEntity">The row's entity.</typeparam>
    /// <param name="newKey">The row's key.</param>
    /// <exception cref="ArgumentException">The model has no such entity, or keys of another kind.</exception>
    /// <exception cref="KeyNotFoundException">No record became that row.</exception>
    public RecordOrigin Origin<TEntity>(params object[] newKey)
    {
        var conversion = _entities.Of(typeof(TEntity));
        return Origin(conversion, conversion.ToRecordKey(newKey));
    }

    /// <summary>The record that a row was made from: its file, line, column and old key.</summary>
    /// <param name="label">The row's label, for example <c>shop.order</c>.</param>
    /// <param name="newKey">The row's key.</param>
    /// <exception cref="ArgumentException">The model has no such label, or keys of another kind.</exception>
    /// <exception cref="KeyNotFoundException">No record became that row.</exception>
    public RecordOrigin Origin(string label, params object[] newKey)
    {
        var conversion = _entities.Of(label);
        return Origin(conversion, conversion.ToRecordKey(newKey));
    }

    /// <summary>The record that an entity object's row was made from, if there is one.</summary>
    /// <param name="entity">An entity as a context read it.</param>
    /// <param name="origin">The record.</param>
    /// <exception cref="ArgumentException">It is no entity of the model, or its key is kept in a shadow property.</exception>
    public bool TryOrigin(object entity, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RecordOrigin? origin)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var conversion = _entities.Of(entity.GetType());
        origin = FindOrigin(conversion, conversion.KeyOf(entity));
        return origin is not null;
    }

    /// <summary>Reads the entity that a record became.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="context">Reads it, and tracks it as its <c>FindAsync</c> does.</param>
    /// <param name="oldKey">The record's key in the backup; a composite one as a tuple.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The entity, or null when its row is there no more.</returns>
    /// <exception cref="ArgumentException">The model has no such entity, or keys of another kind.</exception>
    /// <exception cref="KeyNotFoundException">No record has that key.</exception>
    public async Task<TEntity?> FindAsync<TEntity>(DbContext context, object oldKey, CancellationToken cancellationToken = default)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(context);
        return await context.FindAsync<TEntity>([.. New<TEntity>(oldKey).Values], cancellationToken).ConfigureAwait(false);
    }

    private EntityKey New(KeyConversion conversion, object[] oldKey)
    {
        var old = conversion.ToRecordKey(oldKey);
        var found = FindNew(conversion, old);
        return found.Count switch
        {
            1 => conversion.ToEntityKey(found[0].New),
            0 => throw NotFound(conversion, old),
            _ => throw KeyErrors.RecordInSeveralMaps(conversion.Entity.Label, found.Count),
        };
    }

    private bool TryNew(KeyConversion conversion, object oldKey, out EntityKey newKey)
    {
        var found = FindNew(conversion, conversion.ToRecordKey([oldKey]));
        newKey = found.Count == 1 ? conversion.ToEntityKey(found[0].New) : default;
        return found.Count == 1;
    }

    private EntityKey Old(KeyConversion conversion, object[] newKey)
    {
        var key = conversion.ToRecordKey(newKey);
        return FindOld(conversion, key) is { } found ? conversion.ToEntityKey(found.Mapping.Old) : throw RowNotFound(conversion);
    }

    private bool TryOld(KeyConversion conversion, object newKey, out EntityKey oldKey)
    {
        var found = FindOld(conversion, conversion.ToRecordKey([newKey]));
        oldKey = found is { } mapping ? conversion.ToEntityKey(mapping.Mapping.Old) : default;
        return found is not null;
    }

    private RecordOrigin Origin(KeyConversion conversion, RecordKey newKey) =>
        FindOrigin(conversion, newKey) ?? throw RowNotFound(conversion);

    private RecordOrigin? FindOrigin(KeyConversion conversion, RecordKey newKey) => FindOld(conversion, newKey) is { } found
        ? new RecordOrigin(found.Mapping.Model, found.Mapping.Old, found.Result.Lines?.PlaceOf(found.Mapping.Model, found.Mapping.Old))
        : null;

    /// <summary>The rows that records with that key became: one, unless several backups hold such a record.</summary>
    private List<KeyMapping> FindNew(KeyConversion conversion, RecordKey oldKey)
    {
        var found = new List<KeyMapping>();
        foreach (var result in _results)
        {
            if (result.Map.TryGet(conversion.Entity.Label, oldKey, out var mapping)
                && conversion.Means(result.Map.TypeOf(conversion.Entity.Label, oldKey)) && found.TrueForAll(other => other.New != mapping.New))
            {
                found.Add(mapping);
            }
        }

        return found;
    }

    private (ImportResult Result, KeyMapping Mapping)? FindOld(KeyConversion conversion, RecordKey newKey)
    {
        foreach (var result in _results)
        {
            if (result.Map.TryGetByNewKey(conversion.Entity.Label, newKey, out var mapping)
                && conversion.Means(result.Map.TypeOf(conversion.Entity.Label, mapping.Old)))
            {
                return (result, mapping);
            }
        }

        return null;
    }

    /// <summary>What there is instead, in the map that knows the model.</summary>
    private KeyNotFoundException NotFound(KeyConversion conversion, RecordKey oldKey)
    {
        var label = conversion.Entity.Label;
        foreach (var other in _results.Select(result => result.Map.TypeOf(label, oldKey)))
        {
            if (other is { } type)
            {
                return KeyErrors.RecordOfOtherType(conversion, conversion.Entity.Types[type].Label);
            }
        }

        var map = _results.Select(result => result.Map).FirstOrDefault(map => map.Of(label).Any());
        return (map ?? (_results.Count > 0 ? _results[0].Map : new PrimaryKeyMap([]))).NotFound(label, oldKey);
    }

    private KeyNotFoundException RowNotFound(KeyConversion conversion) =>
        KeyErrors.RowNotInMap(conversion.Entity.Label, _results.Sum(result => result.Map.Of(conversion.Entity.Label).Count()));
}
