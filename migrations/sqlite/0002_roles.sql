-- Roles are data from here on: four that come with the engine (00500_insert_roles.sql, 00700_insert_roles_groups.sql), and
-- those that people make. What users had so far, they keep.

CREATE TABLE role (
    id                  BLOB NOT NULL PRIMARY KEY,
    name                TEXT NOT NULL UNIQUE,
    description         TEXT NOT NULL,
    -- admin or user
    role_type           TEXT NOT NULL,
    -- Whether it came with the engine; such a role is never changed or removed.
    predefined          INTEGER NOT NULL,
    -- Whether its holders see what is in the system without being admins.
    shows_what_is_below INTEGER NOT NULL
) STRICT;

CREATE TABLE role_action_group (
    role_id      BLOB NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    -- oVirt's number of it.
    action_group INTEGER NOT NULL,
    PRIMARY KEY (role_id, action_group)
) STRICT;

INSERT INTO role (id, name, description, role_type, predefined, shows_what_is_below) VALUES
    (x'00000000000000000000000000000001', 'SuperUser', 'Roles management administrator', 'admin', 1, 1),
    (x'def0000d000000000000def000000000', 'ExternalTasksCreator', 'External Tasks Creator', 'user', 1, 0),
    (x'def0000c000000000000def00000000c', 'ReadOnlyAdmin', 'Read Only Administrator Role', 'admin', 1, 1),
    (x'00000000000000000001000000000001', 'UserRole', 'Standard User Role', 'user', 1, 1);

-- SuperUser: everything that there is, but for the one of the next migration.
INSERT INTO role_action_group (role_id, action_group) SELECT x'00000000000000000000000000000001', column1 FROM (VALUES
    (1), (2), (3), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15), (16), (17), (18), (19), (21), (22),
    (23), (100), (101), (102), (103), (104), (200), (201), (202), (203), (204), (205), (300), (301), (302), (303),
    (400), (401), (402), (403), (404), (500), (501), (502), (503), (504), (600), (601), (602), (603), (700), (701),
    (702), (703), (704), (705), (800), (900), (901), (1000), (1001), (1002), (1003), (1004), (1100), (1101), (1102),
    (1103), (1104), (1105), (1106), (1107), (1108), (1109), (1110), (1203), (1204), (1205), (1300), (1301), (1302),
    (1303), (1304), (1400), (1550), (1560), (1561), (1562), (1563), (1660), (1661), (1662), (1663), (1664), (1665),
    (1666), (1667), (1668)
);

-- ReadOnlyAdmin: to log in.
INSERT INTO role_action_group (role_id, action_group) VALUES (x'def0000c000000000000def00000000c', 1300);

-- UserRole: to run machines.
INSERT INTO role_action_group (role_id, action_group) SELECT x'00000000000000000001000000000001', column1 FROM (VALUES
    (5), (7), (17), (18), (19), (21), (22), (23), (303), (1106), (1300)
);

-- A role that somebody has cannot be removed.
CREATE TABLE role_of_user (
    user_id BLOB NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    role_id BLOB NOT NULL REFERENCES role (id),
    PRIMARY KEY (user_id, role_id)
) STRICT;

INSERT INTO role_of_user (user_id, role_id)
    SELECT user_role.user_id, role.id FROM user_role JOIN role ON role.name = user_role.role;

DROP TABLE user_role;
ALTER TABLE role_of_user RENAME TO user_role;
