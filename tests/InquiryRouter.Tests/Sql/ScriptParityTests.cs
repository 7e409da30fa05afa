using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace InquiryRouter.Tests.Sql;

/// <summary>One schema, two dialects.</summary>
public sealed class ScriptParityTests : IDisposable
{
    /// <summary>The key that grows, which only SQL Server needs in every table.</summary>
    private const string GrowingKey = "Seq";

    private readonly SqliteConnection _sqlite = new("Data Source=:memory:");
    private readonly SqlServerSchema _sqlServer = new();

    public ScriptParityTests()
    {
        _sqlite.Open();
        foreach (var script in SqlTexts.Scripts("sqlite"))
        {
            Run(script.Sql);
        }

        foreach (var script in SqlTexts.Scripts("sqlserver"))
        {
            TSql.Parse(script.Sql).Accept(_sqlServer);
        }
    }

    public void Dispose() => _sqlite.Dispose();

    [Fact]
    public void Both_databases_have_scripts_of_the_same_names()
    {
        var names = SqlTexts.Scripts("sqlite").Select(s => s.Place).ToList();

        Assert.NotEmpty(names);
        Assert.Equal(names, SqlTexts.Scripts("sqlserver").Select(s => s.Place));
    }

    [Fact]
    public void Scripts_are_numbered_without_a_gap()
    {
        var names = SqlTexts.Scripts("sqlite").Select(s => s.Place).ToList();

        Assert.All(names, (name, i) => Assert.Matches($@"^{i + 1:D4}_[a-z0-9_]+\.sql$", name));
    }

    [Fact]
    public void Both_databases_have_the_same_tables()
    {
        Assert.True(_sqlServer.Tables.Count >= 15, "The tables were not found.");
        Assert.Equal(_sqlServer.Tables.Keys.Order(StringComparer.Ordinal), Names("table"));
    }

    [Fact]
    public void Both_databases_have_the_same_columns_in_each_table() =>
        Assert.All(_sqlServer.Tables, table => Assert.Equal(
            table.Value.Keys.Where(c => c != GrowingKey).Order(StringComparer.Ordinal),
            SqliteColumns(table.Key).Select(c => c.Name).Where(c => c != GrowingKey).Order(StringComparer.Ordinal)));

    [Fact]
    public void A_column_may_be_empty_in_both_databases_or_in_none() =>
        Assert.All(_sqlServer.Tables, table => Assert.All(
            SqliteColumns(table.Key),
            column => Assert.True(column.NotNull == table.Value[column.Name], $"{table.Key}.{column.Name} may be empty in one database only.")));

    [Fact]
    public void Both_databases_have_the_same_indexes()
    {
        // CX_ names the clustered index on the growing key.
        var indexes = _sqlServer.Indexes.Where(i => !i.Key.StartsWith("CX_", StringComparison.Ordinal)).OrderBy(i => i.Key, StringComparer.Ordinal).ToList();

        Assert.NotEmpty(indexes);
        Assert.Equal(indexes.Select(i => Comparable(i.Key, i.Value)), SqliteIndexes().Select(i => Comparable(i.Name, i.Sql)));
    }

    [Theory]
    [InlineData("CREATE UNIQUE INDEX X ON T (A, B)", "CREATE INDEX X ON T (A, B)")]
    [InlineData("CREATE INDEX X ON T (A, B)", "CREATE INDEX X ON T (B, A)")]
    [InlineData("CREATE INDEX X ON T (A) WHERE State = 0", "CREATE INDEX X ON T (A) WHERE State < 2")]
    public void Indexes_of_one_name_that_differ_are_told_apart(string one, string other) => Assert.NotEqual(Comparable("X", one), Comparable("X", other));

    // Filtered on SQLite only: SQL Server matches a filter of several texts to few queries.
    private static string Comparable(string name, string sql)
    {
        var text = string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd(';');
        return name is "IX_Inquiry_State" ? text.Split(" WHERE ")[0] : text;
    }

    private List<(string Name, string Sql)> SqliteIndexes()
    {
        using var command = _sqlite.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
        using var reader = command.ExecuteReader();
        var indexes = new List<(string, string)>();
        while (reader.Read())
        {
            indexes.Add((reader.GetString(0), reader.GetString(1)));
        }

        return indexes;
    }

    [Fact]
    public void Every_table_that_is_claimed_or_swept_has_the_growing_key()
    {
        var tables = SqlTexts.OfDialect().Where(t => !t.Sql.StartsWith("SELECT", StringComparison.Ordinal))
            .Select(t => t.Sql.StartsWith("UPDATE ", StringComparison.Ordinal) ? t.Sql.Split(' ')[1] : t.Sql.Split(' ')[2])
            .ToList();

        Assert.NotEmpty(tables);
        Assert.All(tables, table => Assert.Contains(GrowingKey, _sqlServer.Tables[table].Keys));
    }

    private void Run(string sql)
    {
        using var command = _sqlite.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private List<(string Name, bool NotNull)> SqliteColumns(string table)
    {
        using var command = _sqlite.CreateCommand();
        command.CommandText = "SELECT name, \"notnull\" FROM pragma_table_info($table)";
        command.Parameters.AddWithValue("$table", table);
        using var reader = command.ExecuteReader();
        var columns = new List<(string, bool)>();
        while (reader.Read())
        {
            columns.Add((reader.GetString(0), reader.GetBoolean(1)));
        }

        return columns;
    }

    private List<string> Names(string type)
    {
        using var command = _sqlite.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE type = $type AND sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY name";
        command.Parameters.AddWithValue("$type", type);
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    /// <summary>Tables with their columns (true: NOT NULL) and indexes, as the scripts leave them.</summary>
    private sealed class SqlServerSchema : TSqlFragmentVisitor
    {
        public Dictionary<string, Dictionary<string, bool>> Tables { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Indexes { get; } = new(StringComparer.Ordinal);

        public override void Visit(CreateTableStatement node) => Add(node.SchemaObjectName.BaseIdentifier.Value, node.Definition);

        public override void Visit(AlterTableAddTableElementStatement node) => Add(node.SchemaObjectName.BaseIdentifier.Value, node.Definition);

        public override void Visit(AlterTableDropTableElementStatement node)
        {
            foreach (var element in node.AlterTableDropTableElements.Where(e => e.TableElementType == TableElementType.Column))
            {
                Tables[node.SchemaObjectName.BaseIdentifier.Value].Remove(element.Name.Value);
            }
        }

        public override void Visit(DropTableStatement node)
        {
            foreach (var table in node.Objects)
            {
                Tables.Remove(table.BaseIdentifier.Value);
                foreach (var index in Indexes.Where(i => i.Value.Contains($" ON {table.BaseIdentifier.Value} (", StringComparison.Ordinal)).ToList())
                {
                    Indexes.Remove(index.Key);
                }
            }
        }

        public override void Visit(CreateIndexStatement node) => Indexes[node.Name.Value] =
            string.Concat(node.ScriptTokenStream.Skip(node.FirstTokenIndex).Take(node.LastTokenIndex - node.FirstTokenIndex + 1).Select(t => t.Text));

        public override void Visit(DropIndexClause node) => Indexes.Remove(node.Index.Value);

        private void Add(string table, TableDefinition definition)
        {
            if (!Tables.TryGetValue(table, out var columns))
            {
                Tables[table] = columns = new Dictionary<string, bool>(StringComparer.Ordinal);
            }

            foreach (var column in definition.ColumnDefinitions)
            {
                columns[column.ColumnIdentifier.Value] = column.Constraints.OfType<NullableConstraintDefinition>().Any(c => !c.Nullable);
            }
        }
    }
}
