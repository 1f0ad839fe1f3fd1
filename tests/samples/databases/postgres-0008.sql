--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: _sqlx_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);


--
-- Name: answer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.answer (
    user_id uuid NOT NULL,
    idempotency_key text NOT NULL,
    asked bytea NOT NULL,
    status bigint NOT NULL,
    content_type text NOT NULL,
    location text,
    body bytea NOT NULL,
    expires bigint NOT NULL
);


--
-- Name: command; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.command (
    id uuid NOT NULL,
    begin_time bigint NOT NULL,
    body text NOT NULL
);


--
-- Name: cookie; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cookie (
    secret_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    password_version bigint NOT NULL,
    token_hash bytea,
    idle bigint NOT NULL,
    expires bigint NOT NULL
);


--
-- Name: host; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.host (
    id uuid NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    address text NOT NULL,
    status text NOT NULL
);


--
-- Name: job; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.job (
    id uuid NOT NULL,
    version bigint NOT NULL,
    description text NOT NULL,
    status text NOT NULL,
    external boolean NOT NULL,
    auto_cleared boolean NOT NULL,
    owner uuid,
    start_time bigint,
    end_time bigint,
    last_updated bigint,
    correlation_id text NOT NULL,
    scenario boolean NOT NULL
);


--
-- Name: role; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.role (
    id uuid NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL,
    role_type text NOT NULL,
    predefined boolean NOT NULL,
    shows_what_is_below boolean NOT NULL
);


--
-- Name: role_action_group; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.role_action_group (
    role_id uuid NOT NULL,
    action_group bigint NOT NULL
);


--
-- Name: sample_world; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sample_world (
    seed bigint NOT NULL,
    start_time bigint NOT NULL
);


--
-- Name: session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.session (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    password_version bigint NOT NULL,
    expires bigint NOT NULL
);


--
-- Name: step; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.step (
    id uuid NOT NULL,
    job_id uuid NOT NULL,
    "position" bigint NOT NULL,
    parent_id uuid,
    step_type text NOT NULL,
    description text NOT NULL,
    number bigint,
    status text NOT NULL,
    progress bigint,
    start_time bigint,
    end_time bigint,
    external boolean NOT NULL,
    external_system text,
    execution_host uuid
);


--
-- Name: user; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public."user" (
    id uuid NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    password_hash text NOT NULL,
    password_version bigint NOT NULL
);


--
-- Name: user_role; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.user_role (
    user_id uuid NOT NULL,
    role_id uuid NOT NULL
);


--
-- Name: vm; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.vm (
    id uuid NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    memory bigint NOT NULL,
    status text NOT NULL,
    host_id uuid,
    target_host_id uuid
);


--
-- Data for Name: _sqlx_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public._sqlx_migrations (version, description, installed_on, success, checksum, execution_time) FROM stdin;
1	jobs and users	2026-11-24 16:38:32.11318+00	t	\\x26d92349acd90ce2c94bc6010e2c156f69397b8142e358ba9c43ab9058dca36c0f2e3e8d534dccc6e235b9464dfc6490	125107252
2	roles	2026-11-24 17:05:22.573679+00	t	\\x511914c64a66cd5b813607ac9dbab756139cca73fb69fa16e7d9efcd8bdb29669ab8089f3079bb91465f8b9cfd375c27	1000
3	inject external tasks	2026-11-24 17:05:23.12219+00	t	\\x0e8ab1cf2999efb907c17139ce648a58f5cc8eecfb379676758b97a8ef880025008734187abfa9e19527d3c4c54a2ce4	1000
4	inventory	2026-11-24 17:05:23.646556+00	t	\\x21bd9a6c409fdd3422180725b736c96a98a9c36c926ae90e692c5e469e28e381ebf7ff76505dc616b3f9fc0866d2fc1e	1000
5	sessions	2026-11-24 20:20:32.331309+00	t	\\x652c2bf25ec7e28299f14f8f47bc0fa2c35809944f0e233b7524e22e5d997ac0826743b310e9527b4f9d7ffb4f95ffde	35375111
6	cookies	2026-11-30 02:35:31.881362+00	t	\\x5f17e2d917ccff628f98a3ee606935582f2e88e44bc028cdf5825642af2d5362e6062b155696a82c3ab50a9ee6e379fa	500000
7	no disks	2026-11-30 19:07:15.577473+00	t	\\xb84cfd1d42efd55f9be5a658a0454e38f4cc01398baf6cf93f338723c0cdf93ac4d24f258d503c43550f251c68364cb6	1000000
8	answers	2026-12-01 04:36:19.338132+00	t	\\xcab09189fed4f1541de872d8e04c32e4c1a4ff3e557601bc1ccd3eb337487d7b2dce3d09ac15312c7cef36093a939997	26885907
\.


--
-- Data for Name: answer; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.answer (user_id, idempotency_key, asked, status, content_type, location, body, expires) FROM stdin;
\.


--
-- Data for Name: command; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.command (id, begin_time, body) FROM stdin;
\.


--
-- Data for Name: cookie; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.cookie (secret_hash, user_id, password_version, token_hash, idle, expires) FROM stdin;
\.


--
-- Data for Name: host; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.host (id, name, address, status) FROM stdin;
2f3e4d5c-0000-4000-8000-aabbccddee01	hv01	hv01.example.com	up
2f3e4d5c-0000-4000-8000-aabbccddee02	hv02	hv02.example.com	up
\.


--
-- Data for Name: job; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.job (id, version, description, status, external, auto_cleared, owner, start_time, end_time, last_updated, correlation_id, scenario) FROM stdin;
a07e4256-0457-49ea-bb12-2573dcc69156	5	Nightly backup – Zeile 1 🚚	started	t	t	f1341744-068b-46e8-aaae-319a034e6455	1795538313590	\N	1795538314844	nightly	f
1731ec1e-633b-4911-bf58-27c6fcb85b78	3	Patch all hosts	failed	t	f	f1341744-068b-46e8-aaae-319a034e6455	1795538315328	1795538315819	1795538315819	b039cc11-c947-442e-bafd-f2921e75cc49	f
e5d82949-1c09-486d-b8ac-460705fce98b	2	Rotate the certificates	finished	t	f	f1341744-068b-46e8-aaae-319a034e6455	1795538315899	1795538316392	1795538316392	b1a776d1-0bf1-4fc6-96ee-c4775ff947ad	f
\.


--
-- Data for Name: role; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.role (id, name, description, role_type, predefined, shows_what_is_below) FROM stdin;
00000000-0000-0000-0000-000000000001	SuperUser	Roles management administrator	admin	t	t
def0000d-0000-0000-0000-def000000000	ExternalTasksCreator	External Tasks Creator	user	t	f
def0000c-0000-0000-0000-def00000000c	ReadOnlyAdmin	Read Only Administrator Role	admin	t	t
00000000-0000-0000-0001-000000000001	UserRole	Standard User Role	user	t	t
11111111-1111-4111-8111-111111111111	operators		admin	f	t
22222222-2222-4222-8222-222222222222	helpers		user	f	t
33333333-3333-4333-8333-333333333333	movers		admin	f	t
\.


--
-- Data for Name: role_action_group; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.role_action_group (role_id, action_group) FROM stdin;
00000000-0000-0000-0000-000000000001	1
00000000-0000-0000-0000-000000000001	2
00000000-0000-0000-0000-000000000001	3
00000000-0000-0000-0000-000000000001	5
00000000-0000-0000-0000-000000000001	6
00000000-0000-0000-0000-000000000001	7
00000000-0000-0000-0000-000000000001	8
00000000-0000-0000-0000-000000000001	9
00000000-0000-0000-0000-000000000001	10
00000000-0000-0000-0000-000000000001	11
00000000-0000-0000-0000-000000000001	12
00000000-0000-0000-0000-000000000001	13
00000000-0000-0000-0000-000000000001	14
00000000-0000-0000-0000-000000000001	15
00000000-0000-0000-0000-000000000001	16
00000000-0000-0000-0000-000000000001	17
00000000-0000-0000-0000-000000000001	18
00000000-0000-0000-0000-000000000001	19
00000000-0000-0000-0000-000000000001	21
00000000-0000-0000-0000-000000000001	22
00000000-0000-0000-0000-000000000001	23
00000000-0000-0000-0000-000000000001	100
00000000-0000-0000-0000-000000000001	101
00000000-0000-0000-0000-000000000001	102
00000000-0000-0000-0000-000000000001	103
00000000-0000-0000-0000-000000000001	104
00000000-0000-0000-0000-000000000001	200
00000000-0000-0000-0000-000000000001	201
00000000-0000-0000-0000-000000000001	202
00000000-0000-0000-0000-000000000001	203
00000000-0000-0000-0000-000000000001	204
00000000-0000-0000-0000-000000000001	205
00000000-0000-0000-0000-000000000001	300
00000000-0000-0000-0000-000000000001	301
00000000-0000-0000-0000-000000000001	302
00000000-0000-0000-0000-000000000001	303
00000000-0000-0000-0000-000000000001	400
00000000-0000-0000-0000-000000000001	401
00000000-0000-0000-0000-000000000001	402
00000000-0000-0000-0000-000000000001	403
00000000-0000-0000-0000-000000000001	404
00000000-0000-0000-0000-000000000001	500
00000000-0000-0000-0000-000000000001	501
00000000-0000-0000-0000-000000000001	502
00000000-0000-0000-0000-000000000001	503
00000000-0000-0000-0000-000000000001	504
00000000-0000-0000-0000-000000000001	600
00000000-0000-0000-0000-000000000001	601
00000000-0000-0000-0000-000000000001	602
00000000-0000-0000-0000-000000000001	603
00000000-0000-0000-0000-000000000001	700
00000000-0000-0000-0000-000000000001	701
00000000-0000-0000-0000-000000000001	702
00000000-0000-0000-0000-000000000001	703
00000000-0000-0000-0000-000000000001	704
00000000-0000-0000-0000-000000000001	705
00000000-0000-0000-0000-000000000001	800
00000000-0000-0000-0000-000000000001	900
00000000-0000-0000-0000-000000000001	901
00000000-0000-0000-0000-000000000001	1000
00000000-0000-0000-0000-000000000001	1001
00000000-0000-0000-0000-000000000001	1002
00000000-0000-0000-0000-000000000001	1003
00000000-0000-0000-0000-000000000001	1004
00000000-0000-0000-0000-000000000001	1100
00000000-0000-0000-0000-000000000001	1101
00000000-0000-0000-0000-000000000001	1102
00000000-0000-0000-0000-000000000001	1103
00000000-0000-0000-0000-000000000001	1104
00000000-0000-0000-0000-000000000001	1105
00000000-0000-0000-0000-000000000001	1106
00000000-0000-0000-0000-000000000001	1107
00000000-0000-0000-0000-000000000001	1108
00000000-0000-0000-0000-000000000001	1109
00000000-0000-0000-0000-000000000001	1110
00000000-0000-0000-0000-000000000001	1203
00000000-0000-0000-0000-000000000001	1204
00000000-0000-0000-0000-000000000001	1205
00000000-0000-0000-0000-000000000001	1300
00000000-0000-0000-0000-000000000001	1301
00000000-0000-0000-0000-000000000001	1302
00000000-0000-0000-0000-000000000001	1303
00000000-0000-0000-0000-000000000001	1304
00000000-0000-0000-0000-000000000001	1400
00000000-0000-0000-0000-000000000001	1550
00000000-0000-0000-0000-000000000001	1560
00000000-0000-0000-0000-000000000001	1561
00000000-0000-0000-0000-000000000001	1562
00000000-0000-0000-0000-000000000001	1563
00000000-0000-0000-0000-000000000001	1660
00000000-0000-0000-0000-000000000001	1661
00000000-0000-0000-0000-000000000001	1662
00000000-0000-0000-0000-000000000001	1663
00000000-0000-0000-0000-000000000001	1664
00000000-0000-0000-0000-000000000001	1665
00000000-0000-0000-0000-000000000001	1666
00000000-0000-0000-0000-000000000001	1667
00000000-0000-0000-0000-000000000001	1668
def0000c-0000-0000-0000-def00000000c	1300
00000000-0000-0000-0001-000000000001	5
00000000-0000-0000-0001-000000000001	7
00000000-0000-0000-0001-000000000001	17
00000000-0000-0000-0001-000000000001	18
00000000-0000-0000-0001-000000000001	19
00000000-0000-0000-0001-000000000001	21
00000000-0000-0000-0001-000000000001	22
00000000-0000-0000-0001-000000000001	23
00000000-0000-0000-0001-000000000001	303
00000000-0000-0000-0001-000000000001	1106
00000000-0000-0000-0001-000000000001	1300
11111111-1111-4111-8111-111111111111	22
11111111-1111-4111-8111-111111111111	18
22222222-2222-4222-8222-222222222222	22
00000000-0000-0000-0000-000000000001	1500
def0000d-0000-0000-0000-def000000000	1500
11111111-1111-4111-8111-111111111111	1500
33333333-3333-4333-8333-333333333333	6
\.


--
-- Data for Name: sample_world; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.sample_world (seed, start_time) FROM stdin;
\.


--
-- Data for Name: session; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.session (token_hash, user_id, password_version, expires) FROM stdin;
\.


--
-- Data for Name: step; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.step (id, job_id, "position", parent_id, step_type, description, number, status, progress, start_time, end_time, external, external_system, execution_host) FROM stdin;
61d649bc-1e6c-49a3-97d3-16a976b9a40f	a07e4256-0457-49ea-bb12-2573dcc69156	0	\N	validating	Check the target	0	finished	\N	1795538313906	1795538314408	t	\N	\N
9b597c13-8034-45d0-88e8-4246f5906a82	a07e4256-0457-49ea-bb12-2573dcc69156	1	\N	executing	Copy the disks	1	started	\N	1795538314485	\N	t	\N	\N
09b5cb81-9058-4d73-84cc-7945e683a595	a07e4256-0457-49ea-bb12-2573dcc69156	2	9b597c13-8034-45d0-88e8-4246f5906a82	executing	Disk 1	0	started	\N	1795538314844	\N	t	\N	\N
ed73209e-8441-4982-a885-c8c90458d79c	1731ec1e-633b-4911-bf58-27c6fcb85b78	0	\N	finalizing	Reboot	0	failed	\N	1795538315765	1795538315819	t	\N	\N
\.


--
-- Data for Name: user; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public."user" (id, name, password_hash, password_version) FROM stdin;
f1341744-068b-46e8-aaae-319a034e6455	admin@internal	$argon2id$v=19$m=19456,t=2,p=1$KPZOBlImICIhBv/XquGsGg$TuioyPXTmYgqom0CYoG3xBl3vRz01UOVuB9HQ8+MnPk	1
905ccbee-f124-4a05-bf64-ba6b209a7380	backup@internal	$argon2id$v=19$m=19456,t=2,p=1$UBNQtTIknUqA8BxAOZsJ1w$D3Tkq7Y03fzELHV99oim44jWQquNolAN/sB6QEn8oh8	1
bd236d06-8b7a-4ada-87b9-5db7bc7b4d45	auditor@internal	$argon2id$v=19$m=19456,t=2,p=1$wQrjDg1fh2YcsDNhHmSL0w$2Cbt1Sgw3BLE/vtJ7QHzvXJ7OLkolFqe8/zMaU1WRZw	1
\.


--
-- Data for Name: user_role; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.user_role (user_id, role_id) FROM stdin;
f1341744-068b-46e8-aaae-319a034e6455	00000000-0000-0000-0000-000000000001
905ccbee-f124-4a05-bf64-ba6b209a7380	def0000d-0000-0000-0000-def000000000
bd236d06-8b7a-4ada-87b9-5db7bc7b4d45	def0000c-0000-0000-0000-def00000000c
905ccbee-f124-4a05-bf64-ba6b209a7380	00000000-0000-0000-0001-000000000001
\.


--
-- Data for Name: vm; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.vm (id, version, name, memory, status, host_id, target_host_id) FROM stdin;
3f1d77aa-0000-4000-8000-000000000100	1	web01	4294967296	up	2f3e4d5c-0000-4000-8000-aabbccddee01	\N
\.


--
-- Name: _sqlx_migrations _sqlx_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);


--
-- Name: answer answer_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (user_id, idempotency_key);


--
-- Name: command command_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.command
    ADD CONSTRAINT command_pkey PRIMARY KEY (id);


--
-- Name: cookie cookie_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cookie
    ADD CONSTRAINT cookie_pkey PRIMARY KEY (secret_hash);


--
-- Name: host host_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.host
    ADD CONSTRAINT host_pkey PRIMARY KEY (id);


--
-- Name: job job_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);


--
-- Name: role_action_group role_action_group_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.role_action_group
    ADD CONSTRAINT role_action_group_pkey PRIMARY KEY (role_id, action_group);


--
-- Name: role role_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_name_key UNIQUE (name);


--
-- Name: user_role role_of_user_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_role
    ADD CONSTRAINT role_of_user_pkey PRIMARY KEY (user_id, role_id);


--
-- Name: role role_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_pkey PRIMARY KEY (id);


--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (token_hash);


--
-- Name: step step_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.step
    ADD CONSTRAINT step_pkey PRIMARY KEY (id);


--
-- Name: user user_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public."user"
    ADD CONSTRAINT user_name_key UNIQUE (name);


--
-- Name: user user_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public."user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);


--
-- Name: vm vm_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.vm
    ADD CONSTRAINT vm_pkey PRIMARY KEY (id);


--
-- Name: answer_by_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX answer_by_expiry ON public.answer USING btree (expires);


--
-- Name: cookie_by_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cookie_by_expiry ON public.cookie USING btree (expires);


--
-- Name: cookie_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cookie_by_user ON public.cookie USING btree (user_id, expires);


--
-- Name: job_by_correlation_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_by_correlation_id ON public.job USING btree (correlation_id);


--
-- Name: job_by_start_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_by_start_time ON public.job USING btree (start_time NULLS FIRST, id);


--
-- Name: only_one_sample_world; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX only_one_sample_world ON public.sample_world USING btree ((true));


--
-- Name: session_by_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX session_by_expiry ON public.session USING btree (expires);


--
-- Name: session_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX session_by_user ON public.session USING btree (user_id);


--
-- Name: step_by_job; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX step_by_job ON public.step USING btree (job_id, "position");


--
-- Name: cookie cookie_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cookie
    ADD CONSTRAINT cookie_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;


--
-- Name: role_action_group role_action_group_role_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.role_action_group
    ADD CONSTRAINT role_action_group_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id) ON DELETE CASCADE;


--
-- Name: user_role role_of_user_role_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_role
    ADD CONSTRAINT role_of_user_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);


--
-- Name: user_role role_of_user_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_role
    ADD CONSTRAINT role_of_user_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;


--
-- Name: session session_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;


--
-- Name: step step_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.step
    ADD CONSTRAINT step_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.job(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--


